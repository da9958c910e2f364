import { pbkdf2Hasher } from './pbkdf2';

/**
 * For systems that know no other digest.
 * Django: contrib/auth/hashers.py PBKDF2SHA1PasswordHasher
 */
export const pbkdf2Sha1 = pbkdf2Hasher({ algorithm: 'pbkdf2_sha1', digest: 'sha1', keyBytes: 20 });
