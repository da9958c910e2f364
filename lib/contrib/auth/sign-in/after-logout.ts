import { brought } from '@/lib/apps/registry';
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

/**
 * Where somebody is sent who signs out, so that they are signed out there too; null for nowhere. For the
 * action that signs out, before it does.
 * OpenID Connect RP-Initiated Logout 1.0
 */
export async function furtherLogout(request: HttpRequest): Promise<string | null> {
  if (!request.user.isAuthenticated) return null;
  for (const way of brought('logoutWays')) {
    const address = await way(request);
    if (address !== null) return address;
  }
  return null;
}
