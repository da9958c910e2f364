import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { settings } from '@/lib/conf/settings';
import { constantTimeCompare } from '@/lib/core/crypto';
import { maskHash, type PasswordHasher } from './hasher';
import { isShortSalt, makeSalt, refuseBadSalt } from './salt';

type Variety = { algorithm: string; digest: 'sha256' | 'sha1'; keyBytes: number };

const MAX_ITERATIONS = 2 ** 31 - 1;

const derive = promisify(pbkdf2);

/**
 * PBKDF2 with HMAC of the given digest and settings.PBKDF2_ITERATIONS, on Node's thread pool.
 * Encoded as `ALGORITHM$ITERATIONS$SALT$` and the key in padded base64.
 * Django: contrib/auth/hashers.py PBKDF2PasswordHasher
 */
export function pbkdf2Hasher({ algorithm, digest, keyBytes }: Variety): PasswordHasher {
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
      const { iterations, salt } = decode(encoded);
      const missing = settings.PBKDF2_ITERATIONS - iterations;
      if (missing > 0) await encodeWith(password, salt, missing);
    },

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
