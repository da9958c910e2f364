import { crc32 } from 'node:zlib';
import { getRandomString, sha256Hex } from '@/lib/core/crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX = 'gth_';
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;

/** What of a token is no secret, so that people can tell theirs apart: the prefix and 6 characters. */
const START_LENGTH = 10;

/**
 * What tokens look like, for whoever looks for one that leaked. SECURITY.md names it.
 * GitHub: "Behind GitHub's new authentication token formats"
 */
export const TOKEN_PATTERN = /\bgth_[0-9A-Za-z]{36}\b/;

/**
 * A new token: the prefix, 30 random characters of base62 (178 bits), and the CRC32 of both in 6. Who
 * makes one shows it once; only its hash is kept.
 */
export function makeTokenText(): string {
  const text = PREFIX + getRandomString(RANDOM_LENGTH, BASE62);
  return text + checksumOf(text);
}

/**
 * Whether a text can be a token: its form and its checksum are right. Anybody can make one; it spares the database what is
 * mistyped.
 */
export function isTokenText(text: string): boolean {
  if (!/^gth_[0-9A-Za-z]{36}$/.test(text)) return false;
  return checksumOf(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

/** As a token is kept: SHA-256 in hex. Of 178 random bits nothing can be guessed. */
export function hashOf(text: string): string {
  return sha256Hex(text);
}

/** What people know a token by. */
export function startOf(text: string): string {
  return text.slice(0, START_LENGTH);
}

function checksumOf(text: string): string {
  let left = crc32(text);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    digits = BASE62.charAt(left % BASE62.length) + digits;
    left = Math.floor(left / BASE62.length);
  }
  return digits;
}
