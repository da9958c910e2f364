import { BlockList, isIP, isIPv6 } from 'node:net';
import { parseIpAddress } from '@/lib/core/ip-address';

/**
 * The networks in a text, in the form in which they are kept, one a line: addresses, or networks as
 * `192.0.2.0/24`, apart by spaces, commas or lines. Null for a text in which something is neither.
 */
export function parseNetworks(text: string): string | null {
  const found = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(parseNetwork);
  return found.includes(null) ? null : [...new Set(found)].join('\n');
}

/**
 * Whether a token that is bound to these networks, as `parseNetworks` gives them, may be used from an
 * address: from any if there are none, from nowhere if the address is not known.
 */
export function isWithin(networks: string, ipAddress: string): boolean {
  if (networks === '') return true;
  const address = parseIpAddress(ipAddress);
  if (address === null) return false;
  const list = new BlockList();
  for (const network of networks.split('\n')) {
    const [base = '', prefix = ''] = network.split('/');
    list.addSubnet(base, Number(prefix), familyOf(base));
  }
  return list.check(address, familyOf(address));
}

function parseNetwork(text: string): string | null {
  const [base = '', prefix, ...rest] = text.split('/');
  const address = isIP(base) === 0 || base.includes('%') ? null : parseIpAddress(base);
  if (address === null || rest.length > 0) return null;
  const longest = isIPv6(address) ? 128 : 32;
  if (prefix === undefined) return `${address}/${longest}`;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) return null;
  return `${address}/${Number(prefix)}`;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
