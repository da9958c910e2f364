import { createHash } from 'node:crypto';
import { constantTimeCompare } from '@/lib/core/crypto';
import { maskHash, type PasswordHasher } from './hasher';
import { isShortSalt, makeSalt, refuseBadSalt } from './salt';

const ENCODED = /^md5\$(?<salt>[^$]+)\$(?<hash>[0-9a-f]{32})$/;

/**
 * Salted MD5, which protects nothing: for tests that make many users. A system check refuses it in
 * production. Encoded as `md5$SALT$` and the hex digest of salt and password.
 * Django: contrib/auth/hashers.py MD5PasswordHasher
 */
export const md5: PasswordHasher = {
  algorithm: 'md5',
  accepts: (encoded) => ENCODED.test(encoded),

  async encode(password, salt = makeSalt()) {
    refuseBadSalt(salt);
    const digest = createHash('md5').update(salt + password);
    return `md5$${salt}$${digest.digest('hex')}`;
  },

  verify: async (password, encoded) =>
    constantTimeCompare(await md5.encode(password, decode(encoded).salt), encoded),

  mustUpdate: (encoded) => isShortSalt(decode(encoded).salt),

  async hardenRuntime() {},

  safeSummary(encoded) {
    const { salt, hash } = decode(encoded);
    return [
      ['algorithm', 'md5'],
      ['salt', maskHash(salt, 2)],
      ['hash', maskHash(hash)],
    ];
  },
};

function decode(encoded: string) {
  const { salt = '', hash = '' } = ENCODED.exec(encoded)?.groups ?? {};
  return { salt, hash };
}
