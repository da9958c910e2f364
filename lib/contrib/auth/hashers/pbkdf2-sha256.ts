import { pbkdf2Hasher } from './pbkdf2';

/**
 * Django's own default.
 * Django: contrib/auth/hashers.py PBKDF2PasswordHasher
 */
export const pbkdf2Sha256 = pbkdf2Hasher({
  algorithm: 'pbkdf2_sha256',
  digest: 'sha256',
  keyBytes: 32,
});
