import { brought } from '@/lib/apps/registry';
import { getLogger } from '@/lib/core/logging';
import type { HttpRequest } from '@/lib/http/request';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /**
     * Where signing out goes on: the address elsewhere at which a session of the person ends too, or null.
     * Asked before the session is ended here, which nothing that it answers or throws prevents.
     */
    readonly logoutWays?: readonly ((request: HttpRequest) => Promise<string | null>)[];
  }
}

const logger = getLogger('auth');

/**
 * Where somebody is sent who signs out, so that they are signed out there too; null for nowhere. A way
 * that throws is logged and passed over: signing out here always works. For the action that signs out,
 * before it does.
 * OpenID Connect RP-Initiated Logout 1.0
 */
export async function furtherLogout(request: HttpRequest): Promise<string | null> {
  if (!request.user.isAuthenticated) return null;
  for (const way of brought('logoutWays')) {
    const address = await asked(way, request);
    if (address !== null) return address;
  }
  return null;
}

async function asked(
  way: (request: HttpRequest) => Promise<string | null>,
  request: HttpRequest,
): Promise<string | null> {
  try {
    return await way(request);
  } catch (error) {
    logger.warning('Where signing out goes on could not be told.', { reason: String(error) });
    return null;
  }
}
