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

/**
 * The network an address belongs to: an IPv4 address is its own, an IPv6 address belongs to its
 * /64, which one household or server has to itself; ports do not count. What is no address comes
 * back as it is, 64 characters of it at most.
 */
export function networkOf(address: string): string {
  const plain = parseIpAddress(address);
  if (plain === null) return address.trim().replaceAll('\0', '').slice(0, 64);
  if (!isIPv6(plain)) return plain;
  const prefix = expand(plain).slice(0, 4);
  return `${prefix.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
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

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, missing)).fill('0');
  return [...(before ?? []), ...zeros, ...(after ?? [])];
}
