import { isRemoteUserEnabled } from '@/lib/contrib/auth/remote-user/process-remote-user';
import { serializeCookie } from '@/lib/core/request-headers';
import { clientOf, type HttpRequest, sessionCookie } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * While a page is rendered, write the session that RemoteUserMiddleware began or ended, and its
 * cookie. Next.js sets no cookie there, so it goes straight onto Node's response: decision 14. In
 * an action or route handler `commitRequest` does it.
 */
export async function keepRemoteUser(request: HttpRequest): Promise<void> {
  const source = currentSource();
  const { modified, hasNews } = request.session;
  if (!source.incoming() || !isRemoteUserEnabled() || !(modified || hasNews)) return;
  const change = await request.session.save(clientOf(request));
  const cookie = await sessionCookie(change, request.isSecure);
  if (!cookie) return;
  const { name, value, options } = cookie;
  source.appendHeader('Set-Cookie', serializeCookie(name, value, options));
}
