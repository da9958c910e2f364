import { type ScryptOptions, scrypt as scryptCallback } from 'node:crypto';
import { constantTimeCompare } from '@/lib/core/crypto';
import { maskHash, type PasswordHasher, type Work } from './hasher';
import { makeSalt, refuseBadSalt } from './salt';

type Cost = { workFactor: number; blockSize: number; parallelism: number };

/** Django's since 5.1: 16 MiB of memory, five times over. */
const COST: Cost = { workFactor: 2 ** 14, blockSize: 8, parallelism: 5 };
// Django's until 5.0: one of the five.
const GOOD_ENOUGH: Cost = { ...COST, parallelism: 1 };
const KEY_BYTES = 64;
// Beyond it a stored encoding is taken for damaged, not for a reason to fill the memory.
const MAX_BYTES = 2 ** 30;

const ENCODED =
  /^scrypt\$(?<workFactor>[1-9]\d{0,9})\$(?<salt>[^$]+)\$(?<blockSize>[1-9]\d{0,3})\$(?<parallelism>[1-9]\d{0,3})\$(?<hash>[A-Za-z0-9+/]{86}==)$/;

/**
 * scrypt with N = 16384, r = 8, p = 5 on Node's thread pool. Encoded as `scrypt$N$SALT$R$P$` and the
 * 64-byte key in padded base64, 128 characters: all that the column holds.
 * Django: contrib/auth/hashers.py ScryptPasswordHasher
 */
export const scrypt: PasswordHasher = {
  algorithm: 'scrypt',

  accepts(encoded) {
    const { workFactor, blockSize, parallelism } = decode(encoded);
    const isPowerOfTwo = workFactor > 1 && Number.isInteger(Math.log2(workFactor));
    return isPowerOfTwo && bytesFor({ workFactor, blockSize, parallelism }) <= MAX_BYTES;
  },

  encode: (password, salt = makeSalt()) => encodeWith(password, salt, COST),

  async verify(password, encoded) {
    const { salt, hash: _hash, ...cost } = decode(encoded);
    return constantTimeCompare(await encodeWith(password, salt, cost), encoded);
  },

  mustUpdate(encoded) {
    const { workFactor, blockSize, parallelism } = decode(encoded);
    return (
      workFactor !== COST.workFactor ||
      blockSize !== COST.blockSize ||
      parallelism !== COST.parallelism
    );
  },

  // As in Django: the cost has too many sides for a difference to be made up.
  async hardenRuntime() {},

  // Its memory is filled p times, one after the other; each memory is a kind of its own.
  workOf(encoded) {
    const { workFactor, blockSize, parallelism } = encoded === undefined ? COST : decode(encoded);
    return { kind: `scrypt$${workFactor}$${blockSize}`, units: parallelism };
  },

  async spend(password, { kind, units }: Work) {
    const [, workFactor, blockSize] = kind.split('$').map(Number);
    const cost = { ...COST, workFactor: workFactor ?? 0, blockSize: blockSize ?? 0 };
    await encodeWith(password, makeSalt(), { ...cost, parallelism: units });
  },

  isGoodEnough: (encoded) => effort(decode(encoded)) >= effort(GOOD_ENOUGH),

  safeSummary(encoded) {
    const { workFactor, blockSize, parallelism, salt, hash } = decode(encoded);
    return [
      ['algorithm', 'scrypt'],
      ['work factor', String(workFactor)],
      ['block size', String(blockSize)],
      ['parallelism', String(parallelism)],
      ['salt', maskHash(salt)],
      ['hash', maskHash(hash)],
    ];
  },
};

async function encodeWith(password: string, salt: string, cost: Cost): Promise<string> {
  refuseBadSalt(salt);
  const { workFactor: N, blockSize: r, parallelism: p } = cost;
  const key = await derive(password, salt, { N, r, p, maxmem: 2 * bytesFor(cost) });
  return `scrypt$${N}$${salt}$${r}$${p}$${key.toString('base64')}`;
}

function derive(password: string, salt: string, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scryptCallback(password, salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function effort({ workFactor, blockSize, parallelism }: Cost): number {
  return workFactor * blockSize * parallelism;
}

function bytesFor({ workFactor, blockSize, parallelism }: Cost): number {
  return 128 * blockSize * (workFactor + parallelism);
}

function decode(encoded: string) {
  const groups = ENCODED.exec(encoded)?.groups ?? {};
  return {
    workFactor: Number(groups['workFactor'] ?? 0),
    blockSize: Number(groups['blockSize'] ?? 0),
    parallelism: Number(groups['parallelism'] ?? 0),
    salt: groups['salt'] ?? '',
    hash: groups['hash'] ?? '',
  };
}
