import { randomBytes } from 'node:crypto';
import { sha256Hex } from '@/lib/core/crypto';
import { crockford, normalizeCrockford } from './base32';

/** Bytes of a code: 120 bits, so that a plain hash is enough at rest. */
const CODE_LENGTH = 15;

const CODE = /^[0-9A-HJKMNP-TV-Z]{24}$/;

/** New recovery codes, each 24 characters of Crockford's base32 in four groups. */
export function newRecoveryCodes(count: number): string[] {
  return Array.from({ length: count }, () => {
    const groups = crockford(randomBytes(CODE_LENGTH)).match(/.{6}/g) ?? [];
    return groups.join('-');
  });
}

/**
 * What is kept of a recovery code: the hex SHA-256 of its characters, 64 of them. Null for a text
 * that cannot be one, as a code of six digits.
 */
export function recoveryCodeHash(typed: string): string | null {
  const code = normalizeCrockford(typed);
  return CODE.test(code) ? sha256Hex(code) : null;
}
