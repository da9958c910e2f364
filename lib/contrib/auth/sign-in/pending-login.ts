import { settings } from '@/lib/conf/settings';
import { type AuthRequest, PENDING_LOGIN_KEY } from '@/lib/contrib/auth';
import { getBackends } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import { redirectToLogin } from '@/lib/contrib/auth/views';
import { constantTimeCompare } from '@/lib/core/crypto';
import { LoginRequired } from '@/lib/http/entry-points/admit';
import { type PendingState, parsePendingState } from './pending-state';

/** Somebody who has shown their first factor: who, and what is kept of it. Never a request's user. */
export type PendingLogin = { readonly user: User; readonly state: PendingState };

/**
 * Who is on their way in by this request's session, or null: nobody, not any more after
 * ACCOUNT_LOGIN_TIMEOUT, or somebody who has been deactivated, deleted or given another password
 * since. Costs no statement for a session that has nothing pending, one otherwise. Nobody who is
 * signed in is on their way in.
 */
export async function getPendingLogin(
  { user, session }: Pick<AuthRequest, 'user' | 'session'>,
  now = Date.now(),
): Promise<PendingLogin | null> {
  const state = parsePendingState(session.get(PENDING_LOGIN_KEY));
  if (!state || user.isAuthenticated) return null;
  const age = now - state.at;
  if (age < 0 || age >= settings.ACCOUNT_LOGIN_TIMEOUT * 1000) return null;
  const backend = getBackends().find(({ name }) => name === state.backend);
  const known = await backend?.getUser?.(state.user);
  return known && isStillTheirs(known, state.hash) ? { user: known, state } : null;
}

/**
 * Who is on their way in and has come to this stage; for the stage's page and action, which are
 * public. Throws LoginRequired, the way to LOGIN_URL, for everybody else: a stage is neither skipped
 * nor entered by its address.
 */
export async function requirePendingLogin(
  request: Pick<AuthRequest, 'user' | 'session'>,
  stage: string,
): Promise<PendingLogin> {
  const pending = await getPendingLogin(request);
  if (pending?.state.stage !== stage) throw new LoginRequired(redirectToLogin(''));
  return pending;
}

/**
 * Forget who was on their way in, and what apps kept with it. What a stranger's session holds besides is kept under a new key; a
 * session with nothing else in it ends. For actions.
 */
export function cancelPendingLogin({ session }: Pick<AuthRequest, 'session'>): void {
  if (!session.has(PENDING_LOGIN_KEY)) return;
  for (const key of session.keys()) if (key.startsWith(PENDING_LOGIN_KEY)) session.delete(key);
  if (session.isEmpty) session.flush();
  else session.cycleKey();
}

function isStillTheirs(user: User, hash: string): boolean {
  const hashes = [user.getSessionAuthHash(), ...user.getSessionAuthFallbackHashes()];
  return hashes.some((one) => constantTimeCompare(one, hash));
}
