import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { settings } from '@/lib/conf/settings';
import { isRemoteUserEnabled } from '@/lib/contrib/auth/remote-user/process-remote-user';

/**
 * Take the header of RemoteUserMiddleware out of a request unless it is to be believed: the
 * middleware is listed, a trusted proxy stands in front, and the header came once. A proxy that
 * adds its header to the client's instead of replacing it names nobody.
 */
export function correctRemoteUser({
  headers,
  headersDistinct,
}: Pick<IncomingMessage, 'headers' | 'headersDistinct'>): void {
  const name = headerName();
  const isBelieved = isRemoteUserEnabled() && settings.TRUSTED_PROXY_HOPS > 0;
  if (!isBelieved || headersDistinct[name]?.length !== 1) delete headers[name];
}

/**
 * Whom the corrected headers name, '' for nobody, null without the header. Node reads headers as
 * Latin-1; a proxy that sends UTF-8 is understood.
 */
export function remoteUserOf(headers: IncomingHttpHeaders): string | null {
  const value = headers[headerName()];
  if (typeof value !== 'string') return null;
  const bytes = Buffer.from(value, 'latin1');
  const decoded = bytes.toString('utf8');
  return decoded.includes('\ufffd') ? value : decoded;
}

function headerName(): string {
  return settings.REMOTE_USER_HEADER.toLowerCase();
}
