import { getUser } from '@/lib/contrib/auth';
import { IMPERSONATOR_KEY } from '@/lib/contrib/auth/authenticators/on-behalf';
import type { User } from '@/lib/contrib/auth/models';
import { loadByHash } from '@/lib/contrib/auth/users/load-session';
import type { Session } from '@/lib/contrib/sessions/session';
import { type ImpersonationState, parseImpersonation } from './impersonation-state';
import { whyNotImpersonate } from './may-impersonate';

/**
 * Who acts as the user of a session: asked at each request of it, with all that it was begun by. Null
 * once its time is over, or whoever acts has no session of their own any more, or may not any more.
 */
export async function vouch(
  session: Pick<Session, 'get'>,
  user: User,
  now = Date.now(),
): Promise<User | null> {
  const state = parseImpersonation(session.get(IMPERSONATOR_KEY));
  if (!state || state.until <= now) return null;
  const actor = await actorOf(state, new Date(now));
  if (!actor) return null;
  return (await whyNotImpersonate(actor, user)) === null ? actor : null;
}

/** Whoever acts, if a request in their own session would still be let in. */
async function actorOf({ id, own }: ImpersonationState, now: Date): Promise<User | null> {
  const stored = await loadByHash(own, now);
  const actor = stored && (await getUser(stored.session, stored.user ?? undefined));
  return actor?.isAuthenticated && actor.id === id ? actor : null;
}
