import { beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { columnsOf } from '@/lib/contrib/admin/list/columns';
import { listCondition } from '@/lib/contrib/admin/list/list-condition';
import { parseListQuery } from '@/lib/contrib/admin/list/list-query';
import { orderSql, orderTerms } from '@/lib/contrib/admin/list/ordering';
import { selectIds } from '@/lib/contrib/admin/list/selection';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { seedUsers } from '@/prisma/seed-users';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

const USERS = 12_000;
const admin = screens('auth.user');
let superuser: User;
let lastPage: number;

beforeAll(async () => {
  const tearDown = await freshDatabase();
  superuser = await makeSuperuser();
  const groups = [await makeGroup('Editors'), await makeGroup('Moderators')];
  await seedUsers(USERS, '!', groups);
  // Some whose names come last and who are hard to meet on the way there.
  await db.$executeRaw`UPDATE auth_user SET first_name = 'Zzyzx' WHERE id % 100 = 3`;
  lastPage = Math.ceil((await db.user.count()) / 100);
  return tearDown;
});

/** The ids that a page shows, and those that a plain statement gives. */
async function bothWays(text: string): Promise<[RowId[], RowId[]]> {
  const params = new URLSearchParams(text);
  const list = await getChangeList(admin, superuser, params);
  const query = parseListQuery(params);
  const { where } = await listCondition(admin, superuser, query);
  const order = orderSql(admin.meta, orderTerms(admin, columnsOf(admin), query.order));
  const offset = (query.page - 1) * 100;
  return [
    list.rows.map(({ id }) => id),
    await selectIds(admin, { where, order, limit: 100, offset }),
  ];
}

const ORDERS = [
  '',
  'o=2',
  'o=-3',
  'o=3.1',
  'o=-4.1',
  'o=4.-1',
  'o=5',
  'o=-5',
  'o=5.1',
  'o=-5.1',
  'o=5.-1',
  'o=-5.-3.2',
];

describe('a page of a long list', () => {
  it.each(ORDERS)('has the rows that belong there, near either end, by "%s"', async (order) => {
    for (const page of [1, 2, 60, 61, lastPage - 1, lastPage]) {
      const [shown, plain] = await bothWays(`${order}&p=${page}`);
      expect(shown, `page ${page}`).toEqual(plain);
      expect(plain.length).toBeGreaterThan(0);
    }
  });

  it.each([
    'q=zzyzx',
    'q=exa',
    'q=a',
    'q=user0119',
    'q=user+exa',
    'q=z+exa',
    'is_active__exact=1',
    'is_active__exact=0&q=exa',
    'groups__id__exact=1',
    'groups__isnull=False',
    'groups__isnull=False&q=exa',
    'first_name__gt=B',
  ])('has the rows that fit "%s", in several orders', async (filter) => {
    for (const order of ['', 'o=-4.1', 'o=5', 'o=-5.-3.2']) {
      const [shown, plain] = await bothWays(`${filter}&${order}`);
      expect(shown, order).toEqual(plain);
      expect(plain.length).toBeGreaterThan(0);
    }
  });

  it.each(['q=zzyzx', 'is_active__exact=0&q=exa'])(
    'seeks the few rows that fit "%s" once, for all that is told of them',
    async (filter) => {
      let list = '';
      const statements = await statementsOf(async () => {
        list = (await getChangeList(admin, superuser, new URLSearchParams(filter))).listed ?? '';
      });
      expect(list).toMatch(/^[0-9a-f]{64}$/);
      expect(statements.filter((sql) => /first_name"\)? LIKE/.test(sql))).toHaveLength(1);
    },
  );

  it('goes on where counting stopped, to the last that fits', async () => {
    const fit = await db.user.count({ where: { isActive: true } });
    const last = Math.ceil(fit / 100);
    for (const page of [100, 101, last]) {
      const [shown, plain] = await bothWays(`is_active__exact=1&p=${page}`);
      expect(shown).toEqual(plain);
    }
    await expect(bothWays(`is_active__exact=1&p=${last + 1}`)).rejects.toThrow();
  });
});

describe('the count', () => {
  const countOf = async (text: string) =>
    (await getChangeList(admin, superuser, new URLSearchParams(text))).count;

  it('is exact for the whole table and up to 10,000, and says where it stopped', async () => {
    expect(await countOf('')).toEqual({ value: USERS + 1, isExact: true });
    expect(await countOf('is_active__exact=0')).toEqual({ value: USERS / 50, isExact: true });
    expect(await countOf('is_active__exact=1')).toEqual({ value: 10_000, isExact: false });
    expect(await countOf('q=exa')).toEqual({ value: 10_000, isExact: false });
    expect(await countOf('groups__isnull=False')).toEqual({ value: 10_000, isExact: false });
  });
});
