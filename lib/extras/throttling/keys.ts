import { isIPv6 } from 'node:net';
import type { settings } from '@/lib/conf/settings';
import { saltedHmac } from '@/lib/core/crypto';
import { foldCase } from '@/lib/core/fold-case';
import { parseIpAddress } from '@/lib/core/ip-address';

const ACCOUNT_KEY_LENGTH = 32;

/** What is throttled: the kinds that the apps declare. */
export type ThrottleKind = keyof (typeof settings)['THROTTLES'];

/**
 * The name under which tries at an account are counted: a keyed hash of what was typed, 32 hex
 * characters, because people type passwords into the wrong field. Sign-in compares usernames
 * exactly, so each spelling is an account of its own, unless a backend brings them to one
 * (`throttleKey`); mail addresses to reset are one whatever their case.
 */
export function accountKey(kind: ThrottleKind, account: string): string {
  const name = kind === 'password_reset' ? foldCase(account) : account;
  return saltedHmac('gatehouse.auth.throttling', name).slice(0, ACCOUNT_KEY_LENGTH);
}

/** What stands for an account where its owner is known by id: no name that somebody may type. */
export function userAccount(id: number): string {
  return `user ${id}`;
}

/** The name under which tries of one device at an account are counted: begins with the account's. */
export function deviceKey(kind: ThrottleKind, account: string, device: string): string {
  return `${accountKey(kind, account)}:${device}`;
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

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, missing)).fill('0');
  return [...(before ?? []), ...zeros, ...(after ?? [])];
}
