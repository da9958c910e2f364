import { createRequire } from 'node:module';
import path from 'node:path';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { maskHash, type PasswordHasher } from './hasher';
import { isShortSalt, makeSalt, refuseBadSalt } from './salt';

type Cost = {
  memoryCost: number;
  timeCost: number;
  parallelism: number;
  outputLen: number;
  /** The package's number for 2d, 2i and 2id. */
  algorithm?: number;
};

/** What we use of the package, which need not be there for the types to be checked. */
type Library = {
  hash(password: string, options: Cost & { salt: Buffer }): Promise<string>;
  verify(encoded: string, password: string): Promise<boolean>;
};

const PACKAGE = '@node-rs/argon2';

/** Django's: 100 MiB (in KiB) written twice, in eight lanes; a hash of 32 bytes. */
const COST: Cost = { memoryCost: 102_400, timeCost: 2, parallelism: 8, outputLen: 32 };
const VARIETIES = ['argon2d', 'argon2i', 'argon2id'];
// The least work that OWASP lists, and its least memory, both in KiB.
const GOOD_ENOUGH = { written: 35_840, memory: 7168 };
const TODAY = `argon2$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;
// Beyond it a stored encoding is taken for damaged, not for a reason to fill the memory.
const MAX_MEMORY_KIB = 2 ** 20;

const ENCODED =
  /^argon2\$(?<variety>argon2(?:id|i|d))\$v=(?<version>16|19)\$m=(?<memory>[1-9]\d{0,6}),t=(?<time>[1-9]\d{0,2}),p=(?<parallelism>[1-9]\d{0,2})\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)$/;

let library: Library | null | undefined;

/**
 * Argon2id, computed natively by the optional package `@node-rs/argon2`. Encoded as `argon2` and the
 * text that every library of Argon2 writes: `$argon2id$v=19$m=102400,t=2,p=8$SALT$HASH`, the last
 * two in base64 without padding.
 * Throws ImproperlyConfigured when the package is not installed.
 * Django: contrib/auth/hashers.py Argon2PasswordHasher
 */
export const argon2: PasswordHasher = {
  algorithm: 'argon2',
  isInstalled: () => loadLibrary() !== null,

  accepts(encoded) {
    const { memory, parallelism, salt, hash } = decode(encoded);
    return (
      memory <= MAX_MEMORY_KIB &&
      memory >= 8 * parallelism &&
      parallelism < 256 &&
      (bytesOf(salt)?.length ?? 0) >= 8 &&
      (bytesOf(hash)?.length ?? 0) >= 4
    );
  },

  async encode(password, salt = makeSalt()) {
    refuseBadSalt(salt);
    return `argon2${await installed().hash(password, { ...COST, salt: Buffer.from(salt) })}`;
  },

  verify: (password, encoded) => installed().verify(encoded.slice('argon2'.length), password),

  mustUpdate(encoded) {
    const { salt, hash } = decode(encoded);
    const isToday = encoded.startsWith(TODAY) && bytesOf(hash)?.length === COST.outputLen;
    return !isToday || isShortSalt(saltText(salt));
  },

  // As in Django: the cost has too many sides for a difference to be made up.
  async hardenRuntime() {},

  // Memory, passes and lanes do not make up for each other: whatever differs is a kind of its own.
  workOf(encoded = TODAY) {
    return { kind: encoded.split('$').slice(0, 4).join('$'), units: 1 };
  },

  async spend(password, { kind }) {
    const [, variety = '', , cost = ''] = kind.split('$');
    const [memoryCost = 0, timeCost = 0, parallelism = 0] = cost
      .split(',')
      .map((part) => Number(part.slice(2)));
    const options = { ...COST, memoryCost, timeCost, parallelism };
    const algorithm = VARIETIES.indexOf(variety);
    await installed().hash(password, { ...options, algorithm, salt: Buffer.from(makeSalt()) });
  },

  isGoodEnough(encoded) {
    const { memory, time } = decode(encoded);
    return memory >= GOOD_ENOUGH.memory && memory * time >= GOOD_ENOUGH.written;
  },

  safeSummary(encoded) {
    const { variety, version, memory, time, parallelism, salt, hash } = decode(encoded);
    return [
      ['algorithm', 'argon2'],
      ['variety', variety],
      ['version', String(version)],
      ['memory cost', String(memory)],
      ['time cost', String(time)],
      ['parallelism', String(parallelism)],
      ['salt', maskHash(saltText(salt))],
      ['hash', maskHash(hash)],
    ];
  },
};

function installed(): Library {
  const found = loadLibrary();
  if (found) return found;
  throw new ImproperlyConfigured(`The hasher "argon2" needs the package ${PACKAGE}: install it.`);
}

// Asked for at run time, from the folder of the project: a build must succeed without the package.
// It may also be there and hold nothing for this platform, which comes to the same.
function loadLibrary(): Library | null {
  if (library !== undefined) return library;
  try {
    const load = createRequire(path.join(process.cwd(), 'package.json'));
    library = load(PACKAGE) as Library;
  } catch {
    library = null;
  }
  return library;
}

function decode(encoded: string) {
  const groups = ENCODED.exec(encoded)?.groups ?? {};
  return {
    variety: groups['variety'] ?? '',
    version: Number(groups['version'] ?? 0),
    memory: Number(groups['memory'] ?? 0),
    time: Number(groups['time'] ?? 0),
    parallelism: Number(groups['parallelism'] ?? 256),
    salt: groups['salt'] ?? '',
    hash: groups['hash'] ?? '',
  };
}

/** The bytes of a base64 text without padding; null when it is not the one way to write them. */
function bytesOf(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === base64 ? bytes : null;
}

function saltText(base64: string): string {
  return bytesOf(base64)?.toString('latin1') ?? '';
}
