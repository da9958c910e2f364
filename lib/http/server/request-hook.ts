import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { settings } from '@/lib/conf/settings';
import { saltedHmac } from '@/lib/core/crypto';
import { parseIpAddress } from '@/lib/core/ip-address';
import { ASKED_FOR_HEADER, REFUSED_HEADER, RELAY_HEADER } from '@/lib/core/request-headers';
import { nameRequestsInLog } from './access-log';
import { installFrontDoor } from './front-door';
import { nameRequest, REQUEST_ID_HEADER } from './request-id';

/** Who the request says is signed in: the header taken out unless it is to be believed, and read. */
export type RemoteUserHeader = {
  correctRemoteUser(request: Pick<IncomingMessage, 'headers' | 'headersDistinct'>): void;
  remoteUserOf(headers: IncomingHttpHeaders): string | null;
};

/**
 * Look at each request before Next.js does: believe its X-Forwarded-* headers and whom it names as
 * the remote user only as far as TRUSTED_PROXY_HOPS allows, and keep the exchange at hand so that a
 * page can set its status. What Next.js would answer by itself the front door answers.
 * Call once per process; returns what takes the hook off again. Decision 2 says why a page cannot
 * do this by itself.
 */
export function installRequestHook(header: RemoteUserHeader): () => void {
  nameRequestsInLog();
  const relayToken = saltedHmac('gatehouse.http.relay', '');
  return installFrontDoor((request, response) => {
    for (const name of [REFUSED_HEADER, ASKED_FOR_HEADER]) delete request.headers[name];
    // Names of hosts are the same in capitals, but Next.js compares an Origin with this one.
    request.headers.host = request.headers.host?.toLowerCase();
    const isRelayed = request.headers[RELAY_HEADER] === relayToken;
    const requestId = nameRequest(request.headers, isRelayed);
    response.setHeader(REQUEST_ID_HEADER, requestId);
    if (!isRelayed) {
      correctForwarded(request.headers, request.socket.remoteAddress ?? '');
      header.correctRemoteUser(request);
      request.headers[RELAY_HEADER] = relayToken;
    }
    const remoteUser = header.remoteUserOf(request.headers);
    return { request, response, url: request.url ?? '/', remoteUser, requestId };
  });
}

/**
 * Rewrite X-Forwarded-For, -Host and -Proto in place. Of a chain of addresses the one is kept that
 * the outermost trusted proxy saw, without a port; with no trusted proxy, and where that proxy names
 * no address, it is the socket's own. Host and scheme are kept only from a trusted proxy; Next.js
 * fills in what is missing.
 */
export function correctForwarded(
  headers: IncomingHttpHeaders,
  peer: string,
  hops: number = settings.TRUSTED_PROXY_HOPS,
): void {
  const chain = [...entries(headers['x-forwarded-for']), peer];
  const client = parseIpAddress(chain.at(-1 - hops) ?? chain[0] ?? '');
  headers['x-forwarded-for'] = client ?? parseIpAddress(peer) ?? peer;
  for (const name of ['x-forwarded-host', 'x-forwarded-proto'] as const) {
    const trusted = hops > 0 ? values(headers[name]) : [];
    const value = trusted.at(-hops) ?? trusted[0];
    if (value) headers[name] = value;
    else delete headers[name];
  }
}

// Each proxy adds one entry, an empty one too: left out, the client's own would move into its place.
function entries(header: string | string[] | undefined): string[] {
  if (header === undefined) return [];
  return (Array.isArray(header) ? header.join(',') : header)
    .split(',')
    .map((value) => value.trim());
}

function values(header: string | string[] | undefined): string[] {
  return entries(header).filter((value) => value !== '');
}
