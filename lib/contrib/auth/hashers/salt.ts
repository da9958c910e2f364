import { getRandomString } from '@/lib/core/crypto';

/** Characters of a salt: 22 of 62 carry the 128 bits that one should have. */
const SALT_LENGTH = 22;

/**
 * A fresh salt of 22 alphanumerics.
 * Django: contrib/auth/hashers.py BasePasswordHasher.salt
 */
export function makeSalt(): string {
  return getRandomString(SALT_LENGTH);
}

/**
 * Refuse a salt that an encoding with `$` between its parts cannot hold. Throws RangeError.
 * Django: contrib/auth/hashers.py BasePasswordHasher._check_encode_args
 */
export function refuseBadSalt(salt: string): void {
  if (salt !== '' && !salt.includes('$')) return;
  throw new RangeError('A salt must have at least one character and no $.');
}

/**
 * Whether a salt is too short to carry 128 bits.
 * Django: contrib/auth/hashers.py must_update_salt
 */
export function isShortSalt(salt: string): boolean {
  return salt.length < SALT_LENGTH;
}
