import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { findObject } from '@/lib/contrib/admin/form/snapshot';
import { objectHistory } from '@/lib/contrib/admin/history';
import { db, Prisma } from '@/lib/db/client';
import { testDatabase } from '@/tests/support/database';
import {
  add,
  admin,
  emptyEveryType,
  everyTypeAdmin,
  everyTypeScreens,
  FULL,
  send,
  untouched,
} from '@/tests/support/every-type/forms';
import { modelOf } from '@/tests/support/every-type/site';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

describe('a form of every type', () => {
  it('begins with the defaults of the schema', async () => {
    const sent = await untouched('shop.product', null);
    expect(sent).toMatchObject({
      motto: 'As good as new',
      stock: '7',
      price: '0.10',
      is_online: 'on',
      is_tested: '',
      options: '{}',
      status: 'draft',
      details: '',
    });
    expect(sent['token']).toMatch(/^[\da-f-]{36}$/);
    expect(Object.keys(sent)).not.toContain('picture');
    expect(Object.keys(sent)).not.toContain('circle');
    expect(Object.keys(sent)).not.toContain('modified');
  });

  it('saves what it holds, and shows it as it was sent', async () => {
    const id = await add('shop.product', FULL);
    expect(typeof id).toBe('bigint');
    const row = await modelOf('product').findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      serial: 9_007_199_254_740_993n,
      price: new Prisma.Decimal('0.1'),
      total: new Prisma.Decimal('1000000000000000.01'),
      born: new Date('2028-02-29T00:00:00Z'),
      opens: new Date('1970-01-01T00:00:00Z'),
      details: { a: 'x', b: [1, { a: null }] },
      options: [],
      status: 'PART_PAID',
      isTested: false,
    });
    const again = await untouched('shop.product', id);
    for (const [name, value] of Object.entries(FULL)) {
      const shown = name === 'details' ? JSON.parse(String(again[name])) : again[name];
      expect([name, shown]).toEqual([
        name,
        name === 'details' ? JSON.parse(String(value)) : shownOf(name, value),
      ]);
    }
    // Nothing of it is a change.
    expect(await send('shop.product', again, id)).toMatchObject({ kind: 'saved' });
    const { entries } = await objectHistory(everyTypeScreens('shop.product'), id, 1);
    expect(entries.map(({ changeMessage }) => changeMessage)).toEqual(['[{"added": {}}]', '[]']);
  });

  it('leaves empty what may be empty', async () => {
    const blank = [
      'code',
      'shelf',
      'serial',
      'weight',
      'budget',
      'total',
      'is_tested',
      'born',
      'opens',
      'details',
      'last',
      'address',
      'mask',
      'flags',
    ];
    const id = await add('shop.product', {
      name: 'Empty',
      ...Object.fromEntries(blank.map((name) => [name, ''])),
    });
    const row = await modelOf('product').findUniqueOrThrow({ where: { id } });
    for (const name of [
      'code',
      'shelf',
      'serial',
      'budget',
      'isTested',
      'born',
      'opens',
      'details',
      'last',
      'address',
    ])
      expect([name, row[name]]).toEqual([name, null]);
    // Two rows without a code do not clash.
    await add('shop.product', { name: 'Empty', shelf: '' });
  });

  it.each([
    ['name', 'x'.repeat(41), 'Ensure this value has at most 40 characters (it has 41).'],
    ['name', 'a\0b', 'Null characters are not allowed.'],
    ['note', 'a\0b', 'Null characters are not allowed.'],
    ['name', '', 'This field is required.'],
    ['stock', '1.5', 'Enter a whole number.'],
    ['shelf', '32768', 'Ensure this value is less than or equal to 32767.'],
    ['serial', '9223372036854775808', 'Enter a whole number.'],
    ['serial', '1e3', 'Enter a whole number.'],
    ['weight', 'heavy', 'Enter a number.'],
    ['weight', '1e999', 'Enter a number.'],
    ['price', '0.105', 'Ensure that there are no more than 2 decimal places.'],
    [
      'price',
      '12345678901',
      'Ensure that there are no more than 10 digits before the decimal point.',
    ],
    ['price', '12345678901.25', 'Ensure that there are no more than 12 digits in total.'],
    ['price', 'NaN', 'Enter a number.'],
    ['price', '', 'This field is required.'],
    ['born', '2027-02-29', 'Enter a valid date.'],
    ['born', '0000-01-01', 'Enter a valid date.'],
    ['opens', '24:00', 'Enter a valid time.'],
    ['opens', '12:00:00.1234', 'Enter a valid time.'],
    ['details', '{"a": }', 'Enter a valid JSON.'],
    ['details', '{"a": "\\u0000"}', 'Null characters are not allowed.'],
    ['details', '["\\ud800"]', 'Enter a valid JSON.'],
    [
      'details',
      '{"a": 9007199254740993}',
      'The number 9007199254740993 cannot be kept exactly: put it in quotes.',
    ],
    ['options', '', null],
    [
      'status',
      'PART_PAID',
      'Select a valid choice. That choice is not one of the available choices.',
    ],
    ['status', '', 'This field is required.'],
    ['token', 'not one', 'Enter a valid UUID.'],
    ['address', '300.1.1.1', 'Enter a valid IPv4 or IPv6 address.'],
    ['mask', '10', 'Enter 3 digits, each of them 0 or 1.'],
    ['flags', '012', 'Enter digits, each of them 0 or 1.'],
    ['flags', '010101', 'Ensure this value has at most 5 characters (it has 6).'],
    ['parent', '999', 'Select a valid choice. 999 is not one of the available choices.'],
    ['categories', 'x', '“x” is not a valid value.'],
  ])('takes %s %j only as it should', async (name, value, error) => {
    const sent = { ...(await untouched('shop.product', null)), ...FULL, [name]: value };
    const saved = await send('shop.product', sent);
    if (error === null) expect(saved).toMatchObject({ kind: 'saved' });
    else expect(saved).toMatchObject({ kind: 'refused', errors: { [name]: [error] } });
  });

  it('says at their fields, and of several together, what is taken', async () => {
    await add('shop.product', FULL);
    const sent = { ...(await untouched('shop.product', null)), ...FULL };
    expect(await send('shop.product', sent)).toMatchObject({
      errors: {
        code: ['Product with this Code already exists.'],
        '': ['Product with this Name and Shelf already exists.'],
      },
    });
    expect(await send('shop.product', { ...sent, code: 'cd', shelf: '' })).toMatchObject({
      kind: 'saved',
    });
  });

  it('keeps what no form can hold, and shows how much of it there is', async () => {
    const id = await add('shop.product', FULL);
    await modelOf('product').update({
      where: { id },
      data: { picture: new Uint8Array([1, 2, 3]) },
    });
    const circle =
      testDatabase === 'sqlite' ? Prisma.sql`'<(1,2),3>'` : Prisma.sql`circle '((1,2),3)'`;
    await db.$executeRaw`UPDATE shop_product SET circle = ${circle}`;
    const row = await findObject(admin(), everyTypeScreens('shop.product'), String(id));
    const view = await changeForm(everyTypeScreens('shop.product'), row, { canChange: true });
    const read = view.sections
      .flatMap(({ fields }) => fields)
      .filter(({ widget }) => widget === null);
    expect(read).toMatchObject([
      { name: 'modified' },
      { name: 'picture', texts: ['3 bytes'] },
      { name: 'circle', texts: ['<(1,2),3>'] },
    ]);
    expect(
      await send('shop.product', { ...(await untouched('shop.product', id)), stock: '8' }, id),
    ).toMatchObject({ kind: 'saved' });
    const kept = await modelOf('product').findUniqueOrThrow({ where: { id } });
    expect(kept).toMatchObject({ stock: 8, picture: new Uint8Array([1, 2, 3]) });
  });

  it('tells of a field that somebody else has changed meanwhile', async () => {
    const id = await add('shop.product', FULL);
    const sent = await untouched('shop.product', id);
    await modelOf('product').update({
      where: { id },
      data: { details: { other: 1 }, price: '5', serial: 1n },
    });
    const saved = await send('shop.product', { ...sent, stock: '1' }, id);
    if (saved.kind !== 'conflict') throw new Error(saved.kind);
    expect(saved.conflict.fields.map(({ name }) => name)).toEqual(['serial', 'price', 'details']);
  });
});

function shownOf(name: string, value: string | string[]): string | string[] {
  if (name === 'total') return '1000000000000000.0100000000';
  if (name === 'opens' || name === 'listed_1') return '00:00:00';
  return value;
}
