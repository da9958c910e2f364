import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { requestOf } from '@/tests/support/admin/staff';
import {
  add,
  admin,
  emptyEveryType,
  everyTypeAdmin,
  everyTypeScreens,
  FULL,
} from '@/tests/support/every-type/forms';
import { modelOf } from '@/tests/support/every-type/site';
import { confirm, exported, look, told } from '@/tests/support/import/import';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

const products = () => everyTypeScreens('shop.product');

async function rowOf(id: RowId) {
  const { id: own, modified, ...rest } = (await readSnapshot(db, products(), id)) ?? { id };
  return rest;
}

describe('a file of every type', () => {
  it('that is what was exported changes nothing', async () => {
    const parent = await add('shop.product', { ...FULL, name: '=Chair; +1', note: `"'-1,\n=2` });
    const id = await add('shop.product', { ...FULL, code: '', parent: String(parent), shelf: '7' });
    await modelOf('product').update({ where: { id }, data: { picture: new Uint8Array([1, 2]) } });
    const blank = { name: 'Empty', shelf: '', serial: '', weight: '', total: '', born: '' };
    await add('shop.product', { ...blank, opens: '', details: '', is_tested: '', options: '' });
    const before = await modelOf('product').findMany({ orderBy: { id: 'asc' } });
    const text = await exported(products(), admin());
    const { report } = await look(products(), admin(), text);
    expect(report.rows.map(({ outcome }) => outcome)).toEqual(['same', 'same', 'same']);
    expect(await modelOf('product').findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  });

  it('adds, without its ids, rows that are what was exported', async () => {
    const id = await add('shop.product', { ...FULL, code: '', shelf: '' });
    const text = (await exported(products(), admin())).replace(`"${id}"`, '""');
    const { id: file, report } = await look(products(), admin(), text);
    expect(told(report)).toEqual(['2 added']);
    expect(await confirm(products(), requestOf(admin()), file)).toMatchObject({ kind: 'imported' });
    const rows = await modelOf('product').findMany({ orderBy: { id: 'asc' } });
    expect(rows).toHaveLength(2);
    expect(await rowOf(rows[1]?.['id'] as RowId)).toEqual(await rowOf(id));
  });

  it('says at each column what is no value of its type', async () => {
    const wrong = {
      stock: '1.5',
      serial: '9223372036854775808',
      weight: 'heavy',
      price: '0.105',
      is_online: 'perhaps',
      listed: 'yesterday',
      born: '2027-02-29',
      opens: '24:00',
      details: '{',
      status: 'gone',
      token: 'x',
      address: '300.1.1.1',
      mask: '1',
      parent: '999999',
    };
    const text = `${Object.keys(wrong).join(',')}\n${Object.values(wrong).join(',')}\n`;
    const { report } = await look(products(), admin(), text);
    const [row] = report.rows;
    expect(row?.errors.map(({ column, text }) => `${column}: ${text}`).toSorted()).toEqual([
      'Address: Enter a valid IPv4 or IPv6 address.',
      'Born: Enter a valid date.',
      'Details: Enter a valid JSON.',
      'Is online: Enter true or false.',
      'Listed: Enter a date and a time, as 2026-11-28T14:05:00Z.',
      'Mask: Enter 3 digits, each of them 0 or 1.',
      'Name: This field is required.',
      'Opens: Enter a valid time.',
      'Price: Ensure that there are no more than 2 decimal places.',
      'Serial: Enter a whole number.',
      'Status: Select a valid choice. That choice is not one of the available choices.',
      'Stock: Enter a whole number.',
      'Token: Enter a valid UUID.',
      'Weight: Enter a number.',
    ]);
  });
});
