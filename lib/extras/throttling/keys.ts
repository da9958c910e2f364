import type { ThrottleKind } from '@/lib/contrib/auth/sign-in/attempts';
import { saltedHmac } from '@/lib/core/crypto';
import { foldCase } from '@/lib/core/fold-case';

const ACCOUNT_KEY_LENGTH = 32;

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

/** The name under which tries of one device at an account are counted: begins with the account's. */
export function deviceKey(kind: ThrottleKind, account: string, device: string): string {
  return `${accountKey(kind, account)}:${device}`;
}
