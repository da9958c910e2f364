import { beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { columnsOf } from '@/lib/contrib/admin/list/columns';
import { orderSql, orderTerms } from '@/lib/contrib/admin/list/ordering';
import { selectIds } from '@/lib/contrib/admin/list/selection';
import { adminOf } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { multiplyRows } from '@/tests/support/databases/multiply-rows';
import { everyTypeAdmin, admin as person } from '@/tests/support/every-type/forms';
import { everyTypeSite, metaOf, modelOf } from '@/tests/support/every-type/site';
import { statementsOf } from '@/tests/support/statements';

const PARENTS = 40;
// Each ten times.
const PRODUCTS = 1200;
const screens = {
  ...adminOf(metaOf('shop.product'), {
    listDisplay: ['name', 'status', 'last', 'isTested', 'parent', 'price'],
    listFilter: ['price', 'serial', 'address'],
    ordering: ['name'],
  } as Parameters<typeof adminOf>[1]),
  site: everyTypeSite(),
};

const YEARS = [2003, 2004, 2010, 2011, 2012, 2020];

// None in some years; of the names with an 8 none in most.
function dateOf(i: number): Date | null {
  const year = ((i * 31) % 500) % 10 === 8 ? 2011 : YEARS[i % YEARS.length];
  return i % 7 === 0 ? null : new Date(Date.UTC(year ?? 0, i % 12, 1 + (i % 28)));
}

beforeAll(async () => {
  const tearDown = await everyTypeAdmin();
  // Names that are alike, by tens; ids that stand in another order.
  const parents = Array.from({ length: PARENTS }, (_, i) => ({
    name: `Kind ${(i * 7) % 4}`,
    note: '',
  }));
  await modelOf('product').createMany({ data: parents });
  const ids = (await modelOf('product').findMany()).map(({ id }) => id);
  await modelOf('product').createMany({
    data: Array.from({ length: PRODUCTS }, (_, i) => ({
      ...{ name: `Chair ${(i * 31) % 500}`, note: '', price: ((i * 37) % 900) / 100 },
      // One value has nearly all rows, one a few, and one none.
      ...{ status: i % 300 === 0 ? 'SENT' : 'DRAFT', last: [null, 'PART_PAID', 'SENT'][i % 3] },
      ...{
        isTested: [null, true, false][(i * i) % 3],
        serial: i % 4 === 0 ? null : BigInt(i % 150),
      },
      parentId: i % 5 === 0 ? null : ids[(i * i) % PARENTS],
      address: i % 2 === 0 ? null : `192.0.2.${i % 120}`,
      born: dateOf(i),
      listed: dateOf(i),
    })),
  });
  await multiplyRows('shop_product', 10, Math.max(...ids.map(Number)));
  await db.$executeRawUnsafe('CREATE INDEX shop_product_parent ON shop_product (parent_id)');
  await db.$executeRawUnsafe('CREATE INDEX shop_product_serial ON shop_product (serial)');
  await db.$executeRawUnsafe('CREATE INDEX shop_product_born ON shop_product (born, id)');
  await db.$executeRawUnsafe('CREATE INDEX shop_product_address ON shop_product (address)');
  return tearDown;
}, 120_000);

async function bothWays(query: string, page: number): Promise<[RowId[], RowId[], string[]]> {
  let shown: RowId[] = [];
  const statements = await statementsOf(async () => {
    const params = new URLSearchParams(`${query}&p=${page}`);
    shown = (await getChangeList(screens, person(), params)).rows.map(({ id }) => id);
  });
  const order = orderSql(
    screens.meta,
    orderTerms(screens, columnsOf(screens), new URLSearchParams(query).get('o')),
  );
  const slice = { limit: 100, offset: (page - 1) * 100 };
  return [
    shown,
    await selectIds(screens, { where: Prisma.sql`TRUE`, order, ...slice }),
    statements,
  ];
}

describe('a long list of every type', () => {
  it.each([
    'o=2',
    'o=-2',
    'o=3',
    'o=-3',
    'o=4',
    'o=-4',
    'o=-4.1',
    'o=5',
    'o=-5',
    'o=5.-1',
    'o=-5.2.1',
  ])(
    'has on each page the rows of a plain statement, which it does without: "%s"',
    async (query) => {
      for (const page of [1, 2, 24, 41, 60, 80, 97, 120]) {
        const [shown, plain, statements] = await bothWays(query, page);
        expect(shown, `page ${page}`).toEqual(plain);
        expect(plain).toHaveLength(100);
        const sortsAll = statements.filter((sql) => sql.includes('WHERE TRUE ORDER BY'));
        expect(sortsAll, `page ${page}`).toEqual([]);
      }
    },
  );

  it('offers the values of its filters, found by leaps, as they are', async () => {
    const filters = async (query: string) => {
      const list = await getChangeList(screens, person(), new URLSearchParams(query));
      return list.filters.map(({ choices, more }) => [
        ...choices.map(({ label }) => label),
        more?.total.value,
      ]);
    };
    const all: Awaited<ReturnType<typeof filters>> = [];
    const statements = await statementsOf(async () => {
      all.push(...(await filters('')));
    });
    expect(statements.filter((sql) => sql.includes('DISTINCT'))).toEqual([]);
    const [prices, serials, addresses] = all;
    expect(prices?.slice(0, 4)).toEqual(['All', '0.00', '0.01', '0.02']);
    expect(prices?.slice(-2)).toEqual(['0.99', 900]);
    expect(serials?.slice(0, 4)).toEqual(['All', '0', '1', '2']);
    expect(serials?.slice(-2)).toEqual(['None', 150]);
    expect(addresses).toHaveLength(63);
    expect(addresses?.slice(-3)).toEqual([
      expect.stringMatching(/^192\.0\.2\.\d+$/),
      'None',
      undefined,
    ]);
    const [found] = await filters('_find_price=8.9');
    expect(found?.slice(0, 3)).toEqual(['All', '8.90', '8.91']);
  });

  it.each(['born', 'listed'])(
    'tells the years of %s of which rows are left, along an index if there is one',
    async (dateHierarchy) => {
      const options = { ...screens.options, dateHierarchy, searchFields: ['name'] };
      const told = async (query: string) => {
        const list = await getChangeList(
          { ...screens, options },
          person(),
          new URLSearchParams(query),
        );
        return list.dates?.choices.map(({ label }) => label);
      };
      const statements = await statementsOf(async () => {
        expect(await told('q=Chair')).toEqual(YEARS.map(String));
      });
      const isAlong = `ORDER BY t."${dateHierarchy}" LIMIT 1\n    ) IS NOT NULL`;
      const asked = statements.filter((sql) => sql.includes('AS place'));
      expect(asked.map((sql) => sql.includes(isAlong))).toEqual([dateHierarchy === 'born']);
      expect(await told('q=Chair+188')).toEqual(['May 2011', 'September 2011']);
      expect(await told('q=Stool')).toBeUndefined();
    },
  );
});
