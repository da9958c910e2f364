import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { settings } from '@/lib/conf/settings';
import { constantTimeCompare } from '@/lib/core/crypto';
import { maskHash, type PasswordHasher, type Work } from './hasher';
import { isShortSalt, makeSalt, refuseBadSalt } from './salt';

type Variety = { algorithm: string; digest: 'sha256' | 'sha1'; keyBytes: number };

type Derive = (
  ...work: [password: string, salt: string, iterations: number, keyBytes: number, digest: string]
) => Promise<Buffer>;

const MAX_ITERATIONS = 2 ** 31 - 1;
// Those of Django 3.2, the oldest that may stand beside us: it would put its own back.
const GOOD_ENOUGH_ITERATIONS = 260_000;

/**
 * PBKDF2 with HMAC of the given digest and settings.PBKDF2_ITERATIONS, on Node's thread pool unless
 * `derive` does the work.
 * Encoded as `ALGORITHM$ITERATIONS$SALT$` and the key in padded base64.
 * Django: contrib/auth/hashers.py PBKDF2PasswordHasher
 */
export function pbkdf2Hasher(
  { algorithm, digest, keyBytes }: Variety,
  derive: Derive = promisify(pbkdf2),
): PasswordHasher {
  const base64Length = Math.ceil(keyBytes / 3) * 4;
  const shape = new RegExp(
    `^${algorithm}\\$(?<iterations>[1-9]\\d{0,9})\\$(?<salt>[^$]+)\\$(?<hash>[A-Za-z0-9+/]+=*)$`,
  );

  return {
    algorithm,

    accepts(encoded) {
      const { iterations, hash } = decode(encoded);
      return hash.length === base64Length && iterations <= MAX_ITERATIONS;
    },

    encode: (password, salt = makeSalt()) => encodeWith(password, salt, settings.PBKDF2_ITERATIONS),

    async verify(password, encoded) {
      const { iterations, salt } = decode(encoded);
      return constantTimeCompare(await encodeWith(password, salt, iterations), encoded);
    },

    mustUpdate(encoded) {
      const { iterations, salt } = decode(encoded);
      return iterations !== settings.PBKDF2_ITERATIONS || isShortSalt(salt);
    },

    async hardenRuntime(password, encoded) {
      const missing = workOf().units - workOf(encoded).units;
      if (missing > 0) await spend(password, { kind: algorithm, units: missing });
    },

    workOf,
    spend,

    isGoodEnough: (encoded) =>
      decode(encoded).iterations >= Math.min(GOOD_ENOUGH_ITERATIONS, settings.PBKDF2_ITERATIONS),

    safeSummary(encoded) {
      const { iterations, salt, hash } = decode(encoded);
      return [
        ['algorithm', algorithm],
        ['iterations', String(iterations)],
        ['salt', maskHash(salt)],
        ['hash', maskHash(hash)],
      ];
    },
  };

  function workOf(encoded?: string): Work {
    const units = encoded === undefined ? settings.PBKDF2_ITERATIONS : decode(encoded).iterations;
    return { kind: algorithm, units };
  }

  async function spend(password: string, { units }: Work): Promise<void> {
    await encodeWith(password, makeSalt(), units);
  }

  async function encodeWith(password: string, salt: string, iterations: number): Promise<string> {
    refuseBadSalt(salt);
    const key = await derive(password, salt, iterations, keyBytes, digest);
    return `${algorithm}$${iterations}$${salt}$${key.toString('base64')}`;
  }

  function decode(encoded: string) {
    const { iterations = '', salt = '', hash = '' } = shape.exec(encoded)?.groups ?? {};
    return { iterations: Number(iterations), salt, hash };
  }
}

/**
 * Django's own default.
 * Django: contrib/auth/hashers.py PBKDF2PasswordHasher
 */
export const pbkdf2Sha256 = pbkdf2Hasher({
  algorithm: 'pbkdf2_sha256',
  digest: 'sha256',
  keyBytes: 32,
});

/**
 * For systems that know no other digest.
 * Django: contrib/auth/hashers.py PBKDF2SHA1PasswordHasher
 */
export const pbkdf2Sha1 = pbkdf2Hasher({ algorithm: 'pbkdf2_sha1', digest: 'sha1', keyBytes: 20 });
