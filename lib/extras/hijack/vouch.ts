import { getUser } from '@/lib/contrib/auth';
import type { Vouching } from '@/lib/contrib/auth/authenticators/on-behalf';
import type { User } from '@/lib/contrib/auth/models';
import { loadByHash } from '@/lib/contrib/auth/users/load-session';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import type { Session } from '@/lib/contrib/sessions/session';
import { bestEffort } from '@/lib/db/best-effort';
import { type EndedBy, endActing } from './endings';
import { type ImpersonationState, parseImpersonation } from './impersonation-state';
import { whyNotImpersonate } from './may-impersonate';
import { tellUser } from './tell-user';

/**
 * Who acts as the user of a session: asked at each request of it, with all that it was begun by; a look
 * at open tabs, which decides nothing, may leave the rights out, which cost the most. Null
 * once its time is over, or whoever acts has no session of their own any more, or may not any more:
 * then the session ends, and the record of it says when and by what.
 */
export async function vouch(
  session: Pick<Session, 'get' | 'id'>,
  user: User,
  { areRightsKnown = false }: Vouching = {},
): Promise<User | null> {
  const now = Date.now();
  const state = parseImpersonation(session.get(IMPERSONATOR_KEY));
  if (!state) return null;
  if (state.until <= now) return refuse(session, user, 'time', state.until);
  const actor = await actorOf(state, new Date(now));
  if (!actor) return refuse(session, user, 'own session', now);
  if (areRightsKnown) return actor;
  const refusal = await whyNotImpersonate(actor, user);
  return refusal === null ? actor : refuse(session, user, 'rights', now);
}

/** Whoever acts, if a request in their own session would still be let in. */
async function actorOf({ id, own }: ImpersonationState, now: Date): Promise<User | null> {
  const stored = await loadByHash(own, now);
  const actor = stored && (await getUser(stored.session, stored.user ?? undefined));
  return actor?.isAuthenticated && actor.id === id ? actor : null;
}

// It is refused whether that can be written or not: the next request tries again.
async function refuse(
  { id }: Pick<Session, 'id'>,
  user: User,
  by: EndedBy,
  at: number,
): Promise<null> {
  if (id === null) return null;
  await bestEffort('That acting as somebody ended', async () => {
    const ended = await endActing(id, { by, at: new Date(at) });
    // Nobody waits for a mail, and a look at open tabs has no answer after which it could be sent.
    if (ended) void tellUser(user, ended);
  });
  return null;
}
