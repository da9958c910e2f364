import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { settings } from '@/lib/conf/settings';
import { constantTimeCompare, getRandomString } from '@/lib/core/crypto';
import { maskHash, type PasswordHasher } from './hasher';

const ENCODED =
  /^pbkdf2_sha256\$(?<iterations>[1-9]\d{0,9})\$(?<salt>[^$]+)\$(?<hash>[A-Za-z0-9+/]{43}=)$/;
const MAX_ITERATIONS = 2 ** 31 - 1;
const KEY_BYTES = 32;
// 22 of 62 characters carry the 128 bits that a salt should have.
const SALT_LENGTH = 22;

const derive = promisify(pbkdf2);

/**
 * PBKDF2 with HMAC-SHA256 and settings.PBKDF2_ITERATIONS, on Node's thread pool. Encoded as
 * `pbkdf2_sha256$ITERATIONS$SALT$` and the 32-byte key in padded base64.
 * Django: contrib/auth/hashers.py PBKDF2PasswordHasher
 */
export const pbkdf2Sha256: PasswordHasher = {
  algorithm: 'pbkdf2_sha256',

  accepts: (encoded) => ENCODED.test(encoded) && decode(encoded).iterations <= MAX_ITERATIONS,

  encode: (password, salt = getRandomString(SALT_LENGTH)) =>
    encodeWith(password, salt, settings.PBKDF2_ITERATIONS),

  async verify(password, encoded) {
    const { iterations, salt } = decode(encoded);
    return constantTimeCompare(await encodeWith(password, salt, iterations), encoded);
  },

  mustUpdate(encoded) {
    const { iterations, salt } = decode(encoded);
    return iterations !== settings.PBKDF2_ITERATIONS || salt.length < SALT_LENGTH;
  },

  async hardenRuntime(password, encoded) {
    const { iterations, salt } = decode(encoded);
    const missing = settings.PBKDF2_ITERATIONS - iterations;
    if (missing > 0) await encodeWith(password, salt, missing);
  },

  safeSummary(encoded) {
    const { iterations, salt, hash } = decode(encoded);
    return [
      ['algorithm', pbkdf2Sha256.algorithm],
      ['iterations', String(iterations)],
      ['salt', maskHash(salt)],
      ['hash', maskHash(hash)],
    ];
  },
};

async function encodeWith(password: string, salt: string, iterations: number): Promise<string> {
  if (salt === '' || salt.includes('$')) {
    throw new RangeError('A salt must have at least one character and no $.');
  }
  const key = await derive(password, salt, iterations, KEY_BYTES, 'sha256');
  return `pbkdf2_sha256$${iterations}$${salt}$${key.toString('base64')}`;
}

function decode(encoded: string) {
  const { iterations = '', salt = '', hash = '' } = ENCODED.exec(encoded)?.groups ?? {};
  return { iterations: Number(iterations), salt, hash };
}
