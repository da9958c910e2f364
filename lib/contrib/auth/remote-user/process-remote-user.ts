import { settings } from '@/lib/conf/settings';
import {
  type AuthRequest,
  authenticate,
  BACKEND_SESSION_KEY,
  login,
  logout,
} from '@/lib/contrib/auth';
import { findBackend } from '@/lib/contrib/auth/backends';
import { RemoteUserBackend } from '@/lib/contrib/auth/backends/remote-user';

/**
 * Make the request that of whom the proxy names: sign them in if they are not yet, and somebody
 * else of an earlier RemoteUserBackend session out. `name` is what the proxy says, '' for nobody,
 * null when it says nothing: then such a session ends, unless the middleware is the persistent one.
 * A session that came about otherwise, by a password, outlives all but another name. Does nothing
 * while `settings.MIDDLEWARE` lists neither of the two.
 * Django: contrib/auth/middleware.py RemoteUserMiddleware.process_request
 */
export async function processRemoteUser(request: AuthRequest, name: string | null): Promise<void> {
  if (!isRemoteUserEnabled()) return;
  const { user } = request;
  if (name === null) {
    if (user.isAuthenticated && endsWithoutHeader()) await removeInvalidUser(request);
    return;
  }
  if (user.isAuthenticated) {
    if (user.getUsername() === cleanUsername(request, name)) return;
    await removeInvalidUser(request);
  }
  const named = await authenticate(request, { remote_user: name });
  if (!named) return;
  await login(request, named, { methods: [{ method: 'remote_user', at: Date.now() }] });
}

/** Whether `settings.MIDDLEWARE` lists one of the two middlewares. */
export function isRemoteUserEnabled(): boolean {
  return endsWithoutHeader() || settings.MIDDLEWARE.includes('PersistentRemoteUserMiddleware');
}

function endsWithoutHeader(): boolean {
  return settings.MIDDLEWARE.includes('RemoteUserMiddleware');
}

function backendOf({ session }: AuthRequest) {
  return findBackend(String(session.get(BACKEND_SESSION_KEY) ?? ''));
}

function cleanUsername(request: AuthRequest, name: string): string {
  const backend = backendOf(request);
  return backend instanceof RemoteUserBackend ? backend.cleanUsername(name) : name;
}

async function removeInvalidUser(request: AuthRequest): Promise<void> {
  const backend = backendOf(request);
  if (backend === null || backend instanceof RemoteUserBackend) await logout(request);
}
