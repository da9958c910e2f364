import { isIPv4, isIPv6 } from 'node:net';

/**
 * The IP address in what a proxy or a socket calls the client, in the one form in which it is
 * counted and logged: an IPv6 address as RFC 5952 writes it, without its zone; one that stands for an
 * IPv4 address as that. Ports, brackets, quotes and RFC 7239's `for=` are left out. Null for what
 * names nobody, such as `unknown`, `_hidden` or nothing.
 * Django: no counterpart (REMOTE_ADDR is the server's)
 */
export function parseIpAddress(text: string): string | null {
  const plain = text
    .trim()
    .replace(/^for=/i, '')
    .replace(/^"(.*)"$/, '$1');
  const [, bracketed, ported] = /^(?:\[([^\]]*)\](?::\d*)?|([^:]*):\d*)$/.exec(plain) ?? [];
  const address = (bracketed ?? ported ?? plain).trim().replace(/%.*$/, '');
  if (isIPv4(address)) return bracketed === undefined ? address : null;
  return isIPv6(address) ? canonical(address) : null;
}

// The parser of addresses knows every way to write one: mapped ones, capitals, zeros.
function canonical(address: string): string {
  const written = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(written) ?? [];
  if (high === undefined || low === undefined) return written;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
