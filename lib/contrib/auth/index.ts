import type { Session } from '@/lib/contrib/sessions/session';
import { constantTimeCompare } from '@/lib/core/crypto';
import { PermissionDenied } from '@/lib/core/exceptions';
import type { TransactionClient } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';
import { type Backend, type Credentials, getBackends, onlyBackend } from './backends';
import { AnonymousUser } from './models';
import { AUTH_METHODS_KEY, type AuthMethod } from './sign-in/auth-methods';
import { userLoggedIn, userLoggedOut, userLoginFailed } from './signals';
import type { AuthRequest, LoginAttempt, RequestUser, User } from './users/user';

export type { AuthRequest, LoginAttempt };

/** Entries of the session, named as Django names them. */
export const SESSION_KEY = '_auth_user_id';
export const BACKEND_SESSION_KEY = '_auth_user_backend';
export const HASH_SESSION_KEY = '_auth_user_hash';
/**
 * Whoever has shown their first factor and not yet the others: see sign-in/pending-login.ts. What an app
 * keeps with it has a key that begins so, and goes where the person gives up.
 */
export const PENDING_LOGIN_KEY = '_pending_login';

const SENSITIVE_NAME = /api|token|key|secret|password|signature/i;

/**
 * Ask the backends in order who presents these credentials. The first user wins and carries the
 * backend's name. Null when none knows them, when a backend raises PermissionDenied, which ends the
 * asking, or when no backend accepts credentials of these names; then `userLoginFailed` is sent.
 * Throws what a backend throws besides.
 * Django: contrib/auth/__init__.py authenticate
 * @example
 * const user = await authenticate(request, { username: 'ada', password: 'correct horse' });
 * if (!user) return refusedField(form, 'password', 'That is not right.');
 */
export async function authenticate(
  request: AuthRequest | null,
  credentials: Credentials,
): Promise<User | null> {
  const names = Object.keys(credentials);
  for (const backend of getBackends()) {
    if (backend.acceptsCredentials?.(names) === false) continue;
    const answer = await ask(backend, request, credentials);
    if (answer === 'denied') break;
    if (!answer) continue;
    answer.backend = backend.name;
    return answer;
  }
  await userLoginFailed.send({ credentials: cleanse(credentials), request });
  return null;
}

/**
 * Make `user` the one whose session this is, trusting the caller that it is really them: only
 * `completeLogin` calls it, and RemoteUserMiddleware, whose proxy vouches. What a stranger's session
 * holds, or the same user's, is kept under a new key; the session of somebody else, or of the same
 * user before a change of password, is ended first. Session row, `last_login` and what the receivers
 * of `userLoggedIn` write are one transaction; the browser is told by the next `session.save`.
 * `methods` is what they proved themselves by; left out, the password just now. Throws TypeError when
 * several backends are configured and neither `backend` nor the user says which one counts.
 * Django: contrib/auth/__init__.py login
 */
export async function login(
  request: AuthRequest,
  user: User,
  {
    backend,
    methods = [{ method: 'password', at: Date.now() }],
  }: { backend?: string; methods?: readonly AuthMethod[] } = {},
): Promise<void> {
  const { session, ipAddress = '', userAgent = '' } = request;
  const backendName = loginBackend(user, backend);
  const hash = user.getSessionAuthHash();
  if (session.has(SESSION_KEY) && !belongsTo(session, user, hash)) session.flush();
  else session.cycleKey();
  if (session.has(PENDING_LOGIN_KEY)) session.delete(PENDING_LOGIN_KEY);
  bindSession(session, user, backendName);
  session.set(AUTH_METHODS_KEY, methods);
  const before = request.user;
  request.user = user;
  const along = (tx: TransactionClient) => userLoggedIn.send({ request, user, methods, tx });
  try {
    await session.write({ ipAddress, userAgent }, { along });
  } catch (error) {
    request.user = before;
    throw error;
  }
}

/**
 * Write into a session whose it is, and nothing of how they proved it: `login` does, and whoever acts as
 * somebody for a while, in a session that begins.
 * Django: contrib/auth/__init__.py login (its assignments)
 */
export function bindSession(session: Session, user: User, backend: string): void {
  session.set(SESSION_KEY, String(user.id));
  session.set(BACKEND_SESSION_KEY, backend);
  session.set(HASH_SESSION_KEY, user.getSessionAuthHash());
  session.userId = user.id;
}

/**
 * The backend that a sign-in of this user is by: the one that is named, else the one that has
 * authenticated them, else the only one. Throws TypeError when there are several.
 * Django: contrib/auth/__init__.py login
 */
export function loginBackend(user: User, backend?: string): string {
  return backend ?? user.backend ?? onlyBackend('login() must be told which one counts').name;
}

/**
 * End the session with everything in it, and leave a stranger. Harmless for one.
 * Django: contrib/auth/__init__.py logout
 * @example
 * await logout(request);
 * redirect('/');
 */
export async function logout(request: AuthRequest): Promise<void> {
  const { user } = request;
  await userLoggedOut.send({ request, user: user.isAuthenticated ? user : null });
  request.session.flush();
  request.user = new AnonymousUser();
}

/**
 * Keep this session after `user` has got a new password, under a new key; the user's other sessions
 * end at their next request. The session of somebody else keeps its hash.
 * Django: contrib/auth/__init__.py update_session_auth_hash
 */
export function updateSessionAuthHash(request: AuthRequest, user: User): void {
  request.session.cycleKey();
  if (request.user.equals(user)) {
    request.session.set(HASH_SESSION_KEY, user.getSessionAuthHash());
  }
}

/**
 * Whose session this is: a user, if the backend that signed them in is still configured and lets
 * them in (ModelBackend: exists and is active), and the password is still the one they signed in
 * with. Otherwise a stranger; a wrong or missing hash ends the session for good, and so does an
 * account that is inactive and has to be. A hash made with a former secret counts, gives the session a new key, and is made anew. `loaded` is the user's row,
 * if the request has read it with the session.
 * Django: contrib/auth/__init__.py get_user
 */
export async function getUser(session: Session, loaded?: User): Promise<RequestUser> {
  const userId = parseId(String(session.get(SESSION_KEY) ?? ''));
  const backendName = session.get(BACKEND_SESSION_KEY);
  if (userId === null || typeof backendName !== 'string') return new AnonymousUser();
  const backend = getBackends().find(({ name }) => name === backendName);
  const user = await backend?.getUser?.(userId, loaded);
  if (!user) {
    // Made active again, the account must not find its former sessions alive.
    if (backend && loaded?.isActive === false) session.flush();
    return new AnonymousUser();
  }
  return verifyHash(session, user) ? user : new AnonymousUser();
}

function verifyHash(session: Session, user: User): boolean {
  const stored = storedHash(session);
  const current = user.getSessionAuthHash();
  if (constantTimeCompare(stored, current)) return true;
  if (!user.getSessionAuthFallbackHashes().some((hash) => constantTimeCompare(stored, hash))) {
    session.flush();
    return false;
  }
  session.cycleKey();
  session.set(HASH_SESSION_KEY, current);
  return true;
}

async function ask(
  backend: Backend,
  request: AuthRequest | null,
  credentials: Credentials,
): Promise<User | null | undefined | 'denied'> {
  try {
    return await backend.authenticate?.(request, credentials);
  } catch (error) {
    if (error instanceof PermissionDenied) return 'denied';
    throw error;
  }
}

function belongsTo(session: Session, user: User, hash: string): boolean {
  return (
    session.get(SESSION_KEY) === String(user.id) && constantTimeCompare(storedHash(session), hash)
  );
}

function storedHash(session: Session): string {
  const stored = session.get(HASH_SESSION_KEY);
  return typeof stored === 'string' ? stored : '';
}

function cleanse(credentials: Credentials): Record<string, unknown> {
  const entries = Object.entries(credentials).map(([name, value]) => [
    name,
    SENSITIVE_NAME.test(name) ? '*'.repeat(20) : value,
  ]);
  return Object.fromEntries(entries);
}
