import { genSaltSync } from 'bcryptjs';
import { settings } from '@/lib/conf/settings';
import { constantTimeCompare, sha256Hex } from '@/lib/core/crypto';
import { maskHash, type PasswordHasher, type Work } from './hasher';
import { bcryptWorkers } from './worker-pool';

const CHECKSUM_LENGTH = 31;
// OWASP's least.
const GOOD_ENOUGH_ROUNDS = 10;
// Of both varieties: what goes before bcrypt takes no time.
const KIND = 'bcrypt';
const SETTING = /^\$2[aby]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{22}$/;

/**
 * bcrypt over what `prepare` makes of the password, in a worker thread. Encoded as `ALGORITHM$` and
 * bcrypt's own text: `$2b$ROUNDS$`, 22 characters of salt, 31 of checksum. A salt is given as
 * `$2b$ROUNDS$SALT`. The work is 2^settings.BCRYPT_ROUNDS.
 * Throws ServiceUnavailable while too many passwords wait for a worker.
 * Django: contrib/auth/hashers.py BCryptSHA256PasswordHasher
 */
function bcryptHasher(algorithm: string, prepare: (password: string) => string): PasswordHasher {
  return {
    algorithm,

    accepts: (encoded) => decode(encoded) !== null,

    async encode(password, salt = genSaltSync(settings.BCRYPT_ROUNDS)) {
      if (!SETTING.test(salt)) {
        throw new RangeError('A bcrypt salt is $2b$, two digits of rounds, $ and 22 characters.');
      }
      return `${algorithm}$${await bcryptWorkers.hash(prepare(password), salt)}`;
    },

    async verify(password, encoded) {
      const { setting, checksum } = decodeOrThrow(encoded);
      const again = await bcryptWorkers.hash(prepare(password), setting);
      // The salt's last character holds two spare bits that libraries fill in differently.
      return constantTimeCompare(again.slice(-CHECKSUM_LENGTH), checksum);
    },

    mustUpdate: (encoded) => decodeOrThrow(encoded).rounds !== settings.BCRYPT_ROUNDS,

    async hardenRuntime(password, encoded) {
      const missing = workOf().units - workOf(encoded).units;
      if (missing > 0) await spend(password, { kind: KIND, units: missing });
    },

    workOf,
    spend,
    refuseWhenBusy: bcryptWorkers.refuseWhenBusy,

    isGoodEnough: (encoded) =>
      decodeOrThrow(encoded).rounds >= Math.min(GOOD_ENOUGH_ROUNDS, settings.BCRYPT_ROUNDS),

    safeSummary(encoded) {
      const { setting, rounds, checksum } = decodeOrThrow(encoded);
      return [
        ['algorithm', algorithm],
        ['work factor', String(rounds)],
        ['salt', maskHash(setting.slice(-22))],
        ['checksum', maskHash(checksum)],
      ];
    },
  };

  function workOf(encoded?: string): Work {
    const rounds = encoded === undefined ? settings.BCRYPT_ROUNDS : decodeOrThrow(encoded).rounds;
    return { kind: KIND, units: 2 ** rounds };
  }

  // 12 rounds after 10 are three times 10 more: the largest power of two that divides the work, so
  // often, in one job.
  async function spend(password: string, { units }: Work): Promise<void> {
    const rounds = Math.max(4, 31 - Math.clz32(units & -units));
    const times = Math.max(1, Math.round(units / 2 ** rounds));
    await bcryptWorkers.hash(prepare(password), genSaltSync(rounds), times);
  }

  function decode(encoded: string) {
    if (!encoded.startsWith(`${algorithm}$`)) return null;
    const text = encoded.slice(algorithm.length + 1);
    const setting = text.slice(0, -CHECKSUM_LENGTH);
    const checksum = text.slice(-CHECKSUM_LENGTH);
    if (!SETTING.test(setting) || !/^[./A-Za-z0-9]{31}$/.test(checksum)) return null;
    return { setting, checksum, rounds: Number(setting.slice(4, 6)) };
  }

  function decodeOrThrow(encoded: string) {
    const decoded = decode(encoded);
    if (!decoded) throw new TypeError(`This is no ${algorithm} encoding.`);
    return decoded;
  }
}

/**
 * bcrypt over the lower-case hex SHA-256 of the password: bcrypt itself reads no more than 72 bytes,
 * so this is the one that takes a password of any length.
 * Django: contrib/auth/hashers.py BCryptSHA256PasswordHasher
 */
export const bcryptSha256 = bcryptHasher('bcrypt_sha256', sha256Hex);

/**
 * bcrypt over the password itself, of which it reads the first 72 bytes. For passwords that were
 * stored so elsewhere; new ones belong to `bcrypt_sha256`.
 * Django: contrib/auth/hashers.py BCryptPasswordHasher
 */
export const bcrypt = bcryptHasher('bcrypt', (password) => password);
