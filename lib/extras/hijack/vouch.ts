import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import type { Session } from '@/lib/contrib/sessions/session';
import { constantTimeCompare } from '@/lib/core/crypto';
import { parseImpersonation } from './impersonation-state';
import { whyNotImpersonate } from './may-impersonate';

/**
 * Who acts as the user of a session: asked at each request of it, with all that it was begun by. Null
 * once its time is over, or whoever acts is inactive, has another password, or may not any more.
 */
export async function vouch(
  session: Pick<Session, 'get'>,
  user: User,
  now = Date.now(),
): Promise<User | null> {
  const state = parseImpersonation(session.get(IMPERSONATOR_KEY));
  if (!state || state.until <= now) return null;
  const actor = await users.getById(state.id);
  if (!actor?.isActive) return null;
  const hashes = [actor.getSessionAuthHash(), ...actor.getSessionAuthFallbackHashes()];
  if (!hashes.some((hash) => constantTimeCompare(hash, state.hash))) return null;
  return (await whyNotImpersonate(actor, user)) === null ? actor : null;
}
