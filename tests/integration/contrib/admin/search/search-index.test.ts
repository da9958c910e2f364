import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { selectIds } from '@/lib/contrib/admin/list/selection';
import { searchCondition } from '@/lib/contrib/admin/search/search';
import { trigramsOf } from '@/lib/contrib/admin/search/search-index';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, Prisma } from '@/lib/db/client';
import { missingListIndexes, restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { freshDatabase, testDatabase } from '@/tests/support/database';

let tearDown: () => Promise<void>;
let superuser: User;

beforeAll(async () => {
  tearDown = await freshDatabase();
  superuser = await makeSuperuser();
});

afterAll(() => tearDown());

const admin = screens('auth.user');
const NAMES = [
  'Ros',
  'roSSi',
  'ÉMILE',
  'émile',
  'straße',
  'STRASSE',
  'ſeven',
  'K\u212Aelvin',
  'İpek',
];
const ODD = [
  '%',
  '_',
  '\\',
  '"',
  "'",
  'a%b',
  '100%_\\',
  '""',
  'x"y',
  '𝒳𝒴𝒵',
  '山田太郎',
  'فاطمة',
  '-',
  '*',
];

/** The names found by the list, and by the condition alone, which knows of no index. */
async function bothWays(search: string): Promise<[string[], string[]]> {
  const list = await getChangeList(admin, superuser, new URLSearchParams({ q: search, all: '' }));
  const condition = searchCondition(admin, search) ?? Prisma.sql`TRUE`;
  const order = Prisma.sql`t.username`;
  const ids = (await selectIds(admin, { where: condition, order, limit: 200 })).map(Number);
  const rows = await db.user.findMany({ where: { id: { in: ids } } });
  const nameOf = new Map(rows.map((row) => [row.id, row.username]));
  return [list.rows.map(({ str }) => str), ids.map((id) => nameOf.get(id) ?? '')];
}

describe('a search by the index', () => {
  beforeEach(async () => {
    await db.user.deleteMany({ where: { id: { not: superuser.id } } });
  });

  it('finds the very same as one without', async () => {
    const text = fc.oneof(
      fc.constantFrom(...NAMES, ...ODD),
      fc.string({
        unit: fc.constantFrom('a', 'A', 'é', 'É', 'ß', '%', '_', '\\', 's', 'S', 'ſ'),
        maxLength: 5,
      }),
    );
    const made = fc.sample(fc.tuple(text, text, text, text), { numRuns: 150, seed: 7 });
    await db.user.createMany({
      data: made.map(([username, firstName, lastName, email], i) => ({
        ...{ username: `${username}${i}`, firstName, lastName, email, password: '!' },
        ...{ isStaff: false, isSuperuser: false, isActive: true, dateJoined: new Date() },
      })),
    });
    const word = fc
      .tuple(text, text, fc.constantFrom('', ' ', '"'))
      .map(([a, b, c]) => c + a + b + c);
    const searches = fc.sample(
      fc.oneof(
        text,
        word,
        fc.tuple(word, text).map((two) => two.join(' ')),
      ),
      { numRuns: 300, seed: 8 },
    );
    let isAnyFound = false;
    for (const search of [...searches, ...NAMES, ...ODD].map((each) => each.trim())) {
      if (search === '') continue;
      const [indexed, plain] = await bothWays(search);
      expect(indexed, search).toEqual(plain);
      isAnyFound ||= plain.length > 0 && plain.length < made.length;
    }
    expect(isAnyFound).toBe(true);
  });

  it('follows rows that are added, renamed and deleted, alone and many at once', async () => {
    const found = async (q: string) => (await bothWays(q))[0];
    await users.createUser({ username: 'zora', email: 'z@example.com' });
    expect(await found('zora')).toEqual(['zora']);
    await db.$executeRaw`UPDATE auth_user SET first_name = 'Quirin' WHERE username = 'zora'`;
    expect(await found('uiri')).toEqual(['zora']);
    await db.$executeRaw`UPDATE auth_user SET first_name = 'Xaver' WHERE username = 'zora'`;
    expect(await found('uiri')).toEqual([]);
    await db.$executeRaw`UPDATE auth_user SET id = id + 1000 WHERE username = 'zora'`;
    expect(await found('xav')).toEqual(['zora']);
    await users.createUser({ username: 'zorba' });
    await db.user.updateMany({
      where: { username: { startsWith: 'zor' } },
      data: { lastName: 'Many' },
    });
    expect(await found('many')).toEqual(['zora', 'zorba']);
    await db.user.deleteMany({ where: { lastName: 'Many' } });
    expect(await found('many')).toEqual([]);
  });

  it.runIf(testDatabase === 'sqlite')(
    'is done without it when somebody remade the table, until migrate makes it again',
    async () => {
      expect(await missingListIndexes()).toEqual([]);
      await db.$executeRaw`DROP TRIGGER auth_user_search_insert`;
      await users.createUser({ username: 'missed' });
      expect((await bothWays('missed'))[0]).toEqual(['missed']);
      expect(await missingListIndexes()).toEqual(['auth_user_search_insert']);
      expect(await restoreListIndexes()).toEqual(['auth_user_search_insert']);
      expect(await restoreListIndexes()).toEqual([]);
      const rows = await db.$queryRaw<object[]>`
        SELECT 1 AS found FROM auth_user_search WHERE auth_user_search MATCH '"mis"'`;
      expect(rows).toHaveLength(1);
    },
  );
});

describe('trigramsOf', () => {
  it('covers each word by characters, not by half of one, and leaves short words out', () => {
    expect(trigramsOf(['ab', 'x'])).toEqual([]);
    expect(trigramsOf(['abc', 'abcd', 'abcdefgh'])).toEqual(['abc', 'bcd', 'def', 'fgh']);
    expect(trigramsOf(['𝒳𝒴𝒵'])).toEqual(['𝒳𝒴𝒵']);
  });
});
