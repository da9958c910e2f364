import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { settings } from '@/lib/conf/settings';

/** Names a request from the outermost trusted proxy to the last line that is written about it. */
export const REQUEST_ID_HEADER = 'x-request-id';

const ID = /^[\w.:=+/-]{1,128}$/;

/**
 * The name of a request: that which a trusted proxy has given it, or a new one. Written into its
 * headers, so that the Edge, pages and what they ask find the same.
 * Django: none; django-log-request-id (LOG_REQUEST_ID_HEADER)
 */
export function nameRequest(headers: IncomingHttpHeaders, isRelayed: boolean): string {
  const given = headers[REQUEST_ID_HEADER]?.toString() ?? '';
  const isKept = (isRelayed || settings.TRUSTED_PROXY_HOPS > 0) && ID.test(given);
  const id = isKept ? given : randomUUID();
  headers[REQUEST_ID_HEADER] = id;
  return id;
}
