// A server that only this machine reaches. It listens on 127.0.0.1; [::1] leads there, since a browser
// may take either for localhost.
import { connect, createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** The address to listen on: HOST, else one that only this machine reaches. */
export function hostOf() {
  return process.env.HOST || LOOPBACK;
}

/** Where a server of `hostOf` is reached: at loopback, on [::1] too. */
export function addressesOf(host) {
  return host === LOOPBACK ? [LOOPBACK, '::1'] : [host];
}

/** Whether nothing else listens on any of these; undefined stands for every address of the machine. */
export async function isFree(port, hosts) {
  const errors = await Promise.all(hosts.map((each) => errorOf(port, each)));
  // A machine may have no [::1], and HOST may be wrong: the server says so.
  return errors.every((code) => code !== 'EADDRINUSE');
}

/** While this process lives, lead [::1] to a server at loopback; nothing where there is no [::1]. */
export function alsoOnIpv6(port, host) {
  if (host !== LOOPBACK) return;
  const door = createServer({ allowHalfOpen: true }, (outer) => {
    const inner = connect({ port, host: LOOPBACK, allowHalfOpen: true });
    outer.pipe(inner).pipe(outer);
    outer.on('error', () => inner.destroy()).on('close', () => inner.destroy());
    inner.on('error', () => outer.destroy()).on('close', () => outer.destroy());
  });
  door.on('error', () => {});
  door.listen({ port, host: '::1', ipv6Only: true }).unref();
}

function errorOf(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', ({ code }) => resolve(code));
    server.listen({ port, host, ipv6Only: host === '::1' }, () =>
      server.close(() => resolve(null)),
    );
  });
}
