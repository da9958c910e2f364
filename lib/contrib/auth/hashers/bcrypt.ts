import { bcryptHasher } from './bcrypt-hasher';

/**
 * bcrypt over the password itself, of which it reads the first 72 bytes. For passwords that were
 * stored so elsewhere; new ones belong to `bcrypt_sha256`.
 * Django: contrib/auth/hashers.py BCryptPasswordHasher
 */
export const bcrypt = bcryptHasher('bcrypt', (password) => password);
