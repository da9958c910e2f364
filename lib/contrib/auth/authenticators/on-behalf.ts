import { brought } from '@/lib/apps/registry';
import { AnonymousUser, type RequestUser, type User } from '@/lib/contrib/auth/models';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import type { Session } from '@/lib/contrib/sessions/session';
import { PermissionDenied } from '@/lib/core/exceptions';

/** Why somebody may not act as somebody else, in a sentence; null for no objection. */
type ImpersonationRule = (actor: User, target: User) => Promise<string | null>;

/** How much of it is asked: the rights of both need not be, where they were lately. */
export type Vouching = { readonly areRightsKnown?: boolean };

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Who acts as the user of a session, by what the session says; null when that counts no more. */
    readonly impersonations?: readonly ((
      session: Session,
      user: User,
      asked?: Vouching,
    ) => Promise<User | null>)[];
    /** Each is asked before somebody acts as somebody else: it can only refuse. */
    readonly impersonationRules?: readonly ImpersonationRule[];
  }
}

/**
 * Whose request it is, of the user of a session: the user, with whoever acts as them. A session that
 * says so and that no app vouches for any more is ended, and its bearer a stranger.
 * django-hijack: middleware.py HijackUserMiddleware
 */
export async function onBehalfOf(
  session: Session,
  user: RequestUser,
  asked: Vouching = {},
): Promise<RequestUser> {
  if (!user.isAuthenticated || !session.has(IMPERSONATOR_KEY)) return user;
  for (const vouch of brought('impersonations')) {
    const actor = await vouch(session, user, asked);
    if (!actor) continue;
    user.impersonator = actor;
    return user;
  }
  session.flush();
  return new AnonymousUser();
}

/**
 * Refuse whoever acts as somebody else: for what is the person's own. Throws PermissionDenied.
 * django-hijack: contrib/admin, where nothing is closed
 */
export function refuseImpersonation({ user }: { user: RequestUser }): void {
  if (!user.impersonator) return;
  throw new PermissionDenied(
    `You are acting as ${user.getUsername()}, and only they can do this. Stop acting to go on as yourself.`,
  );
}
