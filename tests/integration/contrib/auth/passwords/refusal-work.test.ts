import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalSettings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate } from '@/lib/contrib/auth';
import { getHashers, makePassword, registerHasher } from '@/lib/contrib/auth/hashers';
import { bcryptSha256 } from '@/lib/contrib/auth/hashers/bcrypt';
import type { PasswordHasher, Work } from '@/lib/contrib/auth/hashers/hasher';
import { authUser } from '@/lib/contrib/auth/models';
import { checkStoredHashes } from '@/lib/contrib/auth/passwords/stored-hash-checks';
import { storedHashes } from '@/lib/contrib/auth/passwords/stored-hashes';
import { insertUser } from '@/lib/contrib/auth/users/user-model';
import { ServiceUnavailable } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { insertSqlRows } from '@/lib/db/sql-delegate';
import { PASSWORD } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64');
const SALT = 'abcdefghijklmnopqrstuv';
const BCRYPT_END = `${SALT.slice(0, 21)}u${'a'.repeat(31)}`;

/** A stored password of every hasher and cost that may be told apart, none of which is the typed one. */
const STORED: Record<string, string> = {
  'bcrypt_sha256, as new ones': `bcrypt_sha256$$2b$05$${BCRYPT_END}`,
  'bcrypt_sha256, cheaper': `bcrypt_sha256$$2b$04$${BCRYPT_END}`,
  'bcrypt, dearer than new ones': `bcrypt$$2b$07$${BCRYPT_END}`,
  'pbkdf2_sha256, few rounds': `pbkdf2_sha256$1000$${SALT}$${zeros(32)}`,
  'pbkdf2_sha256, many rounds': `pbkdf2_sha256$2600$${SALT}$${zeros(32)}`,
  pbkdf2_sha1: `pbkdf2_sha1$1500$${SALT}$${zeros(20)}`,
  'scrypt, once': `scrypt$16$${SALT}$8$1$${zeros(64)}`,
  'scrypt, five times': `scrypt$16$${SALT}$8$5$${zeros(64)}`,
  'scrypt, more memory': `scrypt$1024$${SALT}$8$1$${zeros(64)}`,
  argon2: `argon2$argon2id$v=19$m=64,t=1,p=2$${bare(SALT)}$${bare('x'.repeat(32))}`,
  'argon2, more memory': `argon2$argon2i$v=19$m=128,t=2,p=4$${bare(SALT)}$${bare('x'.repeat(32))}`,
  md5: `md5$${SALT}$${'0'.repeat(32)}`,
  unusable: '!unusable',
  empty: '',
  damaged: 'pbkdf2_sha256$1000$',
  'of an algorithm that is not known': 'rot13$1$x',
};
const HASHERS = [...globalSettings.PASSWORD_HASHERS, 'md5'];
const policy = { PASSWORD_HASHERS: HASHERS, BCRYPT_ROUNDS: 5, PBKDF2_ITERATIONS: 1 };

const spent = new Map<string, number>();

function bare(text: string): string {
  return Buffer.from(text).toString('base64').replace(/=+$/, '');
}

function note(work: Work | undefined, hasher: PasswordHasher): void {
  const { kind, units } = work ?? { kind: hasher.algorithm, units: 1 };
  spent.set(kind, (spent.get(kind) ?? 0) + units);
}

/** The same hasher, at its real work, which it writes down. */
function noting(hasher: PasswordHasher): PasswordHasher {
  const { spend } = hasher;
  return {
    ...hasher,
    encode(password, salt) {
      note(hasher.workOf?.(), hasher);
      return hasher.encode(password, salt);
    },
    verify(password, encoded) {
      note(hasher.workOf?.(encoded), hasher);
      return hasher.verify(password, encoded);
    },
    ...(spend && {
      spend(password: string, work: Work) {
        note(work, hasher);
        return spend(password, work);
      },
    }),
  };
}

/** What one refused sign-in costs, by kind of work. */
async function costOf(username: string, password: string): Promise<Record<string, number>> {
  spent.clear();
  expect(await authenticate(null, { username, password })).toBeNull();
  return Object.fromEntries([...spent].sort());
}

async function store(username: string, password: string, isActive = true): Promise<void> {
  await insertUser(db, authUser, { ...authUser.newRow(), username, password, isActive });
}

describe('a refused sign-in', () => {
  let putBack: (() => void)[] = [];
  let tearDown: () => Promise<void>;

  beforeAll(async () => {
    tearDown = await freshDatabase();
    const hashers = await overrideSettings(policy, getHashers);
    putBack = hashers.map((hasher) => registerHasher(noting(hasher)));
    for (const [kind, encoded] of Object.entries(STORED)) {
      await store(kind, encoded);
      await store(`${kind}, inactive`, encoded, false);
    }
    await overrideSettings(policy, async () => {
      await store('inactive', await makePassword(PASSWORD), false);
    });
  });

  afterAll(async () => {
    for (const restore of putBack) restore();
    await tearDown?.();
  });

  it('costs the same whoever it is, whether they exist, and however their password is stored', async () => {
    await overrideSettings(policy, async () => {
      const unknown = await costOf('nobody', PASSWORD);
      expect(unknown).toEqual({
        'argon2$argon2id$v=19$m=64,t=1,p=2': 1,
        'argon2$argon2i$v=19$m=128,t=2,p=4': 1,
        bcrypt: 2 ** 7,
        md5: 1,
        pbkdf2_sha1: 1500,
        pbkdf2_sha256: 2600,
        scrypt$16$8: 5,
        scrypt$1024$8: 1,
      });
      const names = Object.keys(STORED).flatMap((kind) => [kind, `${kind}, inactive`]);
      for (const name of [...names, 'inactive', 'nobody else']) {
        expect([name, await costOf(name, PASSWORD)]).toEqual([name, unknown]);
      }
    });
  });

  it('costs as much as what was stored since, once that was seen', async () => {
    await overrideSettings(policy, async () => {
      await costOf('nobody', 'wrong');
      await store('of today', `pbkdf2_sha256$4000$${SALT}$${zeros(32)}`);
      const theirs = await costOf('of today', 'wrong');
      expect(theirs['pbkdf2_sha256']).toBe(4000);
      expect(await costOf('nobody', 'wrong')).toEqual(theirs);
      expect(await costOf('md5', 'wrong')).toEqual(theirs);
    });
  });

  it('is not the price of a right password', async () => {
    await overrideSettings({ ...policy, PASSWORD_UPGRADE: 'never' }, async () => {
      await store('somebody', await makePassword(PASSWORD));
      spent.clear();
      expect(await authenticate(null, { username: 'somebody', password: PASSWORD })).not.toBeNull();
      expect([...spent]).toEqual([['bcrypt', 2 ** 5]]);
    });
  });

  it('is the same 503 for everybody while no password can be looked at', async () => {
    const busy = registerHasher({
      ...noting(bcryptSha256),
      refuseWhenBusy: () => {
        throw new ServiceUnavailable(1);
      },
    });
    // Another list, so that the busy one is among the hashers that were asked what they cost.
    const PASSWORD_HASHERS = ['bcrypt_sha256', 'pbkdf2_sha1'];
    await overrideSettings({ ...policy, PASSWORD_HASHERS }, async () => {
      for (const username of ['nobody', 'pbkdf2_sha1', 'md5', 'unusable', 'inactive']) {
        spent.clear();
        const refused = authenticate(null, { username, password: PASSWORD });
        await expect(refused).rejects.toThrow(ServiceUnavailable);
        expect(spent.size).toBe(0);
      }
    });
    busy();
  });
});

it('counts the passwords of a large table by kind, page by page', async () => {
  const tearDown = await freshDatabase();
  const encodings = Object.values(STORED);
  const data = Array.from({ length: 400 }, (_, index) => ({
    ...authUser.newRow(),
    username: `user ${index}`,
    password: encodings[index % encodings.length] ?? '',
  }));
  await insertSqlRows(db, authUser, data);
  const found = await storedHashes(64);
  expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(400);
  // The damaged one is of the kind of a whole one, which it does not hide.
  expect(found.length).toBe(encodings.length - 1);
  expect(new Set(found.flatMap(({ samples }) => samples))).toEqual(new Set(encodings));
  expect(found.map(({ kind }) => kind)).toContain('?rot13');
  const [warning, ...others] = await checkStoredHashes();
  expect(others).toEqual([]);
  expect(warning).toMatchObject({ id: 'auth.W107' });
  // One in sixteen of 400 has that name, and as many an md5 that the settings do not list.
  expect(warning?.message).toMatch(
    /^50 stored password\(s\) cannot be read \((md5, rot13|rot13, md5)\)/,
  );
  await tearDown();
});
