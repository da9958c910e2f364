import { sha256Hex } from '@/lib/core/crypto';
import { bcryptHasher } from './bcrypt-hasher';

/**
 * bcrypt over the lower-case hex SHA-256 of the password: bcrypt itself reads no more than 72 bytes,
 * so this is the one that takes a password of any length.
 * Django: contrib/auth/hashers.py BCryptSHA256PasswordHasher
 */
export const bcryptSha256 = bcryptHasher('bcrypt_sha256', sha256Hex);
