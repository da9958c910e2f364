import { once } from 'node:events';
import { createServer as createHttp, type RequestListener, request } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { selfSignedCertificate } from './certificate';

/** What a reverse proxy tells the server behind it; tests change it while the proxy runs. */
export type ProxyHeaders = (client: {
  host: string;
  forwardedFor: string;
}) => Record<string, string>;

export type ReverseProxy = {
  https: string;
  http: string;
  headers: ProxyHeaders;
  close(): Promise<void>;
};

/** The address from which the proxy says that every client comes. */
export const CLIENT = '198.51.100.7';

/** As nginx is usually told: `Host` kept, the client's address behind what the client claims. */
const keepsHost: ProxyHeaders = ({ host, forwardedFor }) => ({
  host,
  'x-forwarded-host': host,
  'x-forwarded-for': forwardedFor,
});

/**
 * A reverse proxy under a name of its own, with TLS on one port and without on another, which hands
 * everything to `upstream()`. Its certificate is signed by itself.
 */
export async function startProxy(host: string, upstream: () => string): Promise<ReverseProxy> {
  const forward =
    (scheme: 'https' | 'http'): RequestListener =>
    (incoming, outgoing) => {
      const claimed = [incoming.headers['x-forwarded-for'] ?? []].flat();
      const said = proxy.headers({
        host: incoming.headers.host ?? '',
        forwardedFor: [...claimed, CLIENT].join(', '),
      });
      const { 'x-forwarded-host': _claimed, ...headers } = incoming.headers;
      const target = new URL(incoming.url ?? '/', upstream());
      const sent = request(target, {
        method: incoming.method,
        headers: { ...headers, host: target.host, 'x-forwarded-proto': scheme, ...said },
      });
      sent.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      sent.on('error', () => outgoing.destroy());
      incoming.pipe(sent);
    };
  const secure = createHttps(selfSignedCertificate(host), forward('https'));
  const plain = createHttp(forward('http'));
  const proxy: ReverseProxy = {
    https: `https://${host}:${await listen(secure)}`,
    http: `http://${host}:${await listen(plain)}`,
    headers: keepsHost,
    close: async () => {
      for (const server of [secure, plain]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
  return proxy;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
