import { genSalt, hash } from 'bcryptjs';
import { settings } from '@/lib/conf/settings';
import { constantTimeCompare, sha256Hex } from '@/lib/core/crypto';
import { maskHash, type PasswordHasher } from './hasher';

const ENCODED =
  /^bcrypt_sha256\$(?<setting>\$2[aby]\$(?<rounds>0[4-9]|[12]\d|3[01])\$(?<salt>[./A-Za-z0-9]{22}))(?<checksum>[./A-Za-z0-9]{31})$/;

/**
 * bcrypt over the lower-case hex SHA-256 of the password, since plain bcrypt reads no more than 72
 * bytes. Encoded as `bcrypt_sha256$$2b$ROUNDS$` and 22 characters of salt, 31 of checksum; a salt
 * is given as `$2b$ROUNDS$SALT`. The work is 2^settings.BCRYPT_ROUNDS.
 * Django: contrib/auth/hashers.py BCryptSHA256PasswordHasher
 */
export const bcryptSha256: PasswordHasher = {
  algorithm: 'bcrypt_sha256',

  accepts: (encoded) => ENCODED.test(encoded),

  async encode(password, salt) {
    const setting = salt ?? (await genSalt(settings.BCRYPT_ROUNDS));
    if (!/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{22}$/.test(setting)) {
      throw new RangeError('A bcrypt salt is $2b$, two digits of rounds, $ and 22 characters.');
    }
    return `bcrypt_sha256$${await hash(sha256Hex(password), setting)}`;
  },

  async verify(password, encoded) {
    const { setting, checksum } = decode(encoded);
    const again = await bcryptSha256.encode(password, setting);
    // The salt's last character holds two spare bits that libraries fill in differently.
    return constantTimeCompare(again.slice(-checksum.length), checksum);
  },

  mustUpdate: (encoded) => decode(encoded).rounds !== settings.BCRYPT_ROUNDS,

  async hardenRuntime(password, encoded) {
    const { setting, rounds } = decode(encoded);
    const missing = 2 ** (settings.BCRYPT_ROUNDS - rounds) - 1;
    for (let done = 0; done < missing; done += 1) await bcryptSha256.encode(password, setting);
  },

  safeSummary(encoded) {
    const { rounds, salt, checksum } = decode(encoded);
    return [
      ['algorithm', bcryptSha256.algorithm],
      ['work factor', String(rounds)],
      ['salt', maskHash(salt)],
      ['checksum', maskHash(checksum)],
    ];
  },
};

function decode(encoded: string) {
  const {
    setting = '',
    rounds = '',
    salt = '',
    checksum = '',
  } = ENCODED.exec(encoded)?.groups ?? {};
  return { setting, rounds: Number(rounds), salt, checksum };
}
