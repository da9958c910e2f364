import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { textColumn, textCondition } from '@/lib/contrib/admin/lookups/text-lookups';
import { getField } from '@/lib/contrib/admin/meta';
import { db, Prisma } from '@/lib/db/client';
import { ruledQueries } from '@/lib/db/sqlite/ruled-queries';
import { testDatabase } from '@/tests/support/database';
import { everyTypeDatabase, metaOf, modelOf } from '@/tests/support/every-type/site';

beforeAll(everyTypeDatabase);
beforeEach(async () => {
  await modelOf('product').deleteMany();
});

const decimal = (text: string) => new Prisma.Decimal(text);

async function written(field: string, value: unknown): Promise<unknown> {
  const { id } = await modelOf('product').create({
    data: { name: 'one', note: '', [field]: value },
  });
  const row = await modelOf('product').findUniqueOrThrow({ where: { id } });
  return row[field];
}

describe('a value comes back as it went', () => {
  it.each([
    ['price', decimal('0.10')],
    ['price', decimal('-9999999999.99')],
    ['total', decimal('1000000000000000.01')],
    ['total', decimal('-12345678901234567890.0123456789')],
    ['budget', decimal('0.000000000000000000000000000001')],
    ['serial', 2n ** 53n + 1n],
    ['serial', -(2n ** 63n)],
    ['weight', 0.1],
    ['weight', 5],
    ['weight', 1.5e300],
    ['weight', 2 ** 53],
    ['weight', -1e18],
    ['stock', -2_147_483_648],
    ['isTested', false],
    ['isTested', null],
    ['born', new Date('2028-02-29T00:00:00Z')],
    ['born', new Date('0001-01-01T00:00:00Z')],
    ['opens', new Date('1970-01-01T00:00:00Z')],
    ['opens', new Date('1970-01-01T23:59:59.999Z')],
    ['listed', new Date('2026-11-28T00:00:00.001Z')],
    ['note', ''],
    ['note', 'a “quote”, 👩‍🚀 and\r\nlines'],
    ['code', null],
    ['details', { a: [1, 'two', null, { b: 0.1, c: {} }], '': '👩‍🚀' }],
    ['details', '123456789012345678901'],
    ['details', 12],
    ['details', []],
    ['picture', new Uint8Array([0, 1, 255])],
    ['picture', new Uint8Array()],
    ['status', 'PART_PAID'],
    ['last', null],
    ['token', '0a0b0c0d-0000-4000-8000-00000000ffff'],
    ['mask', '010'],
    ['flags', ''],
  ])('%s %o', async (field, value) => {
    expect(await written(field, value)).toEqual(value);
  });

  it('for an id beyond what a number holds', async () => {
    const id = 2n ** 53n + 1n;
    await modelOf('product').create({ data: { id, name: 'large', note: '' } });
    const [row] = await modelOf('product').findMany({ where: { id: { in: [id, 1n] } } });
    expect(row?.['id']).toBe(id);
    const next = await modelOf('product').create({ data: { name: 'next', note: '' } });
    expect(typeof next['id']).toBe('bigint');
  });

  it.each([1e18, -1.5e300])(
    'for %d as a float, where another table has decimals of that name',
    async (price) => {
      await modelOf('label').deleteMany();
      await modelOf('label').create({ data: { name: 'p001#5', price } });
      expect(await modelOf('label').findMany({ where: { price } })).toMatchObject([{ price }]);
      const bounds = { _sum: { price: true }, _max: { price: true, name: true } };
      expect(await modelOf('label').aggregate(bounds)).toEqual({
        _sum: { price },
        _max: { price, name: 'p001#5' },
      });
    },
  );

  it('for the defaults of the schema', async () => {
    const { id } = await modelOf('product').create({ data: { name: 'new', note: '' } });
    const row = await modelOf('product').findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      motto: 'As good as new',
      stock: 7,
      isOnline: true,
      status: 'DRAFT',
    });
    expect(row['price']).toEqual(decimal('0.1'));
    expect(row['options']).toEqual({});
    expect(row['token']).toMatch(/^[\da-f-]{36}$/);
  });

  it('for the defaults of the table, which other programs leave to it', async () => {
    const token = '00000000-0000-4000-8000-000000000000';
    const typed =
      testDatabase === 'sqlite' ? Prisma.sql`${token}` : Prisma.sql`CAST(${token} AS uuid)`;
    await db.$executeRaw`INSERT INTO shop_product (name, note, modified, token)
      VALUES ('raw', '', ${new Date()}, ${typed})`;
    const [row] = await modelOf('product').findMany();
    expect(row).toMatchObject({ price: decimal('0.1'), options: {}, status: 'DRAFT' });
  });
});

describe('what PostgreSQL makes of a value SQLite makes of it too', () => {
  it.each([
    ['price', decimal('0.105'), decimal('0.11')],
    ['price', decimal('-0.105'), decimal('-0.11')],
    ['born', new Date('2028-02-29T23:59:59Z'), new Date('2028-02-29T00:00:00Z')],
    ['opens', new Date('2028-02-29T12:34:56Z'), new Date('1970-01-01T12:34:56Z')],
    ['whole', new Date('2026-11-28T10:00:00.600Z'), new Date('2026-11-28T10:00:01Z')],
    ['token', '0A0B0C0D00004000800000000000FFFF', '0a0b0c0d-0000-4000-8000-00000000ffff'],
    ['code', 'ab', 'ab  '],
    ['code', '👩', '👩   '],
    ['name', `${'x'.repeat(40)}  `, 'x'.repeat(40)],
    ['name', '👩'.repeat(40), '👩'.repeat(40)],
  ])('%s %o', async (field, value, kept) => {
    const { id } = await modelOf('product').create({
      data: { name: 'one', note: '', [field]: value },
    });
    const row = await modelOf('product').findUniqueOrThrow({ where: { id } });
    expect(row[field]).toEqual(kept);
    expect(await modelOf('product').count({ where: { [field]: kept } })).toBe(1);
  });

  it('in what is read, too, but of models that no such value leads to', async () => {
    const token = '0a0b0c0d-0000-4000-8000-00000000ffff';
    await modelOf('crmOrder').create({
      data: { title: 'one', products: { create: { name: 'one', note: '', token } } },
    });
    const products = { some: { token: token.toUpperCase() } };
    expect(await modelOf('crmOrder').count({ where: { products } })).toBe(1);
    await modelOf('crmOrder').deleteMany({ where: { products } });
    expect(await modelOf('crmOrder').count()).toBe(0);
    const ruled = Object.keys(ruledQueries());
    expect(ruled).toEqual(expect.arrayContaining(['product', 'crmOrder', 'user']));
    expect(ruled).not.toContain('session');
    expect(ruledQueries().$allModels).not.toHaveProperty('$allOperations');
  });

  it('finds a part of a text of a fixed length', async () => {
    await modelOf('product').create({ data: { name: 'one', note: '', code: 'abc' } });
    await modelOf('product').create({ data: { name: 'two', note: '', code: 'wxyz' } });
    const count = (code: unknown) => modelOf('product').count({ where: { code } });
    expect(await count('abc')).toBe(1);
    expect(await count({ in: ['abc'], not: 'x' })).toBe(1);
    for (const part of ['b', 'ab'])
      expect([part, await count({ contains: part })]).toEqual([part, 1]);
    expect(await count({ startsWith: 'ab' })).toBe(1);
    expect(await count({ not: { startsWith: 'ab' } })).toBe(1);
    expect(await count({ endsWith: 'yz' })).toBe(1);
  });

  it.each([
    ['name', 'x'.repeat(41), 'P2000'],
    ['name', '👩'.repeat(41), 'P2000'],
    ['code', 'abcde', 'P2000'],
    ['price', decimal('10000000000'), 'P2020'],
    ['price', decimal('9999999999.995'), 'P2020'],
    ['shelf', 32_768, 'P20'],
  ])('refuses %s %o', async (field, value, code) => {
    const data = { name: 'one', note: '', [field]: value };
    const refusal = await modelOf('product')
      .create({ data })
      .then(() => null, String);
    expect(refusal).not.toBeNull();
    if (testDatabase === 'sqlite') {
      await expect(modelOf('product').create({ data })).rejects.toMatchObject({
        code: expect.stringContaining(code),
      });
    }
    expect(await modelOf('product').count()).toBe(0);
  });

  it.each([
    ['an update', { where: { code: 'abcd' }, data: { name: 'x'.repeat(41) } }],
    [
      'an update through a relation',
      { where: { code: 'abcd' }, data: { parts: { create: { name: 'x'.repeat(41), note: '' } } } },
    ],
    [
      'a list through a relation',
      {
        where: { code: 'abcd' },
        data: { parts: { createMany: { data: [{ name: 'x'.repeat(41), note: '' }] } } },
      },
    ],
    [
      'a change of what it leads to',
      {
        where: { code: 'abcd' },
        data: { parent: { upsert: { create: { name: 'x'.repeat(41), note: '' }, update: {} } } },
      },
    ],
  ])('in %s', async (_, args) => {
    await modelOf('product').create({ data: { name: 'one', note: '', code: 'abcd' } });
    await expect(modelOf('product').update(args)).rejects.toMatchObject({ code: 'P2000' });
  });
});

describe('decimals', () => {
  const NUMBERS = [
    '-1000.5',
    '-1000',
    '-10',
    '-9.99',
    '-9',
    '-0.11',
    '-0.1',
    '0',
    '0.1',
    '0.11',
    '9',
    '9.99',
    '10',
    '1000',
    '1000000000.01',
  ];

  beforeEach(async () => {
    for (const text of NUMBERS.toSorted()) {
      await modelOf('product').create({ data: { name: text, note: '', price: decimal(text) } });
    }
  });

  const names = (rows: Record<string, unknown>[]) => rows.map(({ name }) => name);

  it('are sorted and compared as numbers', async () => {
    const sorted = NUMBERS.map((text) => decimal(text).toDecimalPlaces(2).toFixed());
    const rows = await modelOf('product').findMany({ orderBy: { price: 'asc' } });
    expect(rows.map(({ price }) => String(price))).toEqual(sorted);
    for (const text of ['-9.99', '-0.1', '0', '0.1', '9.99', '10']) {
      const above = await modelOf('product').findMany({
        where: { price: { gt: decimal(text) } },
        orderBy: { price: 'asc' },
      });
      expect(names(above)).toEqual(NUMBERS.slice(NUMBERS.indexOf(text) + 1));
    }
    expect(await modelOf('product').count({ where: { price: { in: ['10', 9, '7'] } } })).toBe(2);
  });

  it('are searched by the digits that are shown', async () => {
    const price = textColumn(getField(metaOf('shop.product'), 'price'), Prisma.sql`t.price`);
    const found = async (text: string) =>
      names(
        await db.$queryRaw`SELECT t.name AS name FROM shop_product AS t
        WHERE ${textCondition(price, 'icontains', text)} ORDER BY t.price`,
      );
    expect(await found('-9')).toEqual(['-9.99', '-9']);
    expect(await found('9.99')).toEqual(['-9.99', '9.99']);
    expect(await found('0.10')).toEqual(['-0.1', '0.1']);
    expect(await found('10.00')).toEqual(['-10', '10']);
    expect(await found('-1000.50')).toEqual(['-1000.5']);
    expect(await found('000000000.01')).toEqual(['1000000000.01']);
  });

  it('have a smallest and a largest one', async () => {
    const { _min, _max } = await modelOf('product').aggregate({
      _min: { price: true },
      _max: { price: true },
    });
    expect(String(_min?.['price'])).toBe('-1000.5');
    expect(String(_max?.['price'])).toBe('1000000000.01');
  });

  it('are never added up as floats', async () => {
    const sum = modelOf('product').aggregate({ _sum: { price: true } });
    const average = modelOf('product').aggregate({ _avg: { price: true } });
    const more = modelOf('product').update({
      where: { id: (await modelOf('product').findMany())[0]?.['id'] },
      data: { price: { increment: 1 } },
    });
    if (testDatabase === 'sqlite') {
      const refused = 'SQLite cannot calculate with';
      for (const asked of [sum, average, more]) await expect(asked).rejects.toThrow(refused);
      return;
    }
    expect(String((await sum)['_sum']?.['price'])).toBe(
      NUMBERS.reduce((total, text) => total.plus(text), decimal('0')).toString(),
    );
    await Promise.all([average, more]);
  });
});
