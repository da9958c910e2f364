import { settings } from '@/lib/conf/settings';
import { constantTimeCompare, getRandomString, saltedHmac } from './crypto';

/** Letters that make no words and are not taken for one another. RFC 8628, 6.1 */
export const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';

const LENGTH = 8;
const TRIES = 3;

/** What is kept of a code that somebody is to type: its keyed hash and the tries that are left. */
export type StoredUserCode = { readonly hash: string; readonly triesLeft: number };

/**
 * A code for people to read and type, `WDJB-MJHT`: eight letters of 34.6 bits, worth three tries.
 * Keep `stored`, send `code`. `purpose` keeps codes of one kind from being good for another.
 * RFC 8628, 6.1; allauth: account/adapter.py generate_login_code
 */
export function makeUserCode(purpose: string): { code: string; stored: StoredUserCode } {
  const letters = getRandomString(LENGTH, USER_CODE_ALPHABET);
  const stored = { hash: hashOf(purpose, letters), triesLeft: TRIES };
  return { code: `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`, stored };
}

/**
 * Try what somebody typed; dashes, spaces and case do not count. `left` is what to keep afterwards:
 * null when the code is used up, by being right or by the last try.
 */
export function tryUserCode(
  purpose: string,
  stored: StoredUserCode,
  typed: string,
): { isRight: boolean; left: StoredUserCode | null } {
  if (stored.triesLeft <= 0) return { isRight: false, left: null };
  const letters = parseUserCode(typed);
  const secrets = [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
  const isRight =
    letters !== null &&
    secrets.some((secret) => constantTimeCompare(hashOf(purpose, letters, secret), stored.hash));
  if (isRight || stored.triesLeft === 1) return { isRight, left: null };
  return { isRight, left: { ...stored, triesLeft: stored.triesLeft - 1 } };
}

/** The eight letters of what somebody typed; null for what cannot be a code. */
export function parseUserCode(typed: string): string | null {
  const letters = typed.replace(/[\s\p{Pd}]/gu, '').toUpperCase();
  return new RegExp(`^[${USER_CODE_ALPHABET}]{${LENGTH}}$`).test(letters) ? letters : null;
}

function hashOf(purpose: string, letters: string, secret?: string): string {
  return saltedHmac(`gatehouse.user-code.${purpose}`, letters, secret);
}
