import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectDeletion, deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { objectHistory } from '@/lib/contrib/admin/history';
import { answerListPost } from '@/lib/contrib/admin/list/list-post';
import { laggingSequences } from '@/lib/db/catalogue/sequences';
import { db, Prisma } from '@/lib/db/client';
import { formOf } from '@/tests/support/admin/object-forms';
import { requestOf } from '@/tests/support/admin/staff';
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
import { metaOf, modelOf } from '@/tests/support/every-type/site';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

describe('relations of every kind', () => {
  it('are saved by ids of their own types', async () => {
    const category = await add('shop.category', { title: 'Seats' });
    const label = await add('shop.label', { name: 'New' });
    const parent = await add('shop.product', { ...FULL, name: 'Whole', code: '' });
    const child = await add('shop.product', {
      ...FULL,
      name: 'Part',
      parent: String(parent),
      categories: [String(category)],
      labels: [String(label)],
      similar: [String(parent)],
    });
    expect(typeof category).toBe('string');
    const snapshot = await readSnapshot(db, everyTypeScreens('shop.product'), child);
    expect(snapshot).toMatchObject({
      parentId: parent,
      parent: { name: 'Whole' },
      categories: [category],
      labels: [label],
      similar: [parent],
    });
    const sent = await untouched('shop.product', child);
    expect(
      await send('shop.product', { ...sent, categories: [], labels: [] }, child),
    ).toMatchObject({ kind: 'saved' });
    expect(await readSnapshot(db, everyTypeScreens('shop.product'), child)).toMatchObject({
      categories: [],
      labels: [],
      similar: [parent],
    });
    const { entries } = await objectHistory(everyTypeScreens('shop.product'), child, 1);
    expect(entries.at(-1)?.changeMessage).toBe(
      '[{"changed": {"fields": ["Categories", "Labels"]}}]',
    );
  });

  it('are told apart by one to one, which is one', async () => {
    const product = await add('shop.product', FULL);
    const sent = { text: 'Read me', product: String(product) };
    const leaflet = await add('shop.leaflet', sent);
    expect(await send('shop.leaflet', sent)).toMatchObject({
      errors: { product: ['Leaflet with this Product already exists.'] },
    });
    const again = { ...(await untouched('shop.leaflet', leaflet)), text: 'Read it' };
    expect(await send('shop.leaflet', again, leaflet)).toMatchObject({ kind: 'saved' });
  });

  it('lead to models of one name in two apps', async () => {
    expect([metaOf('shop.order').prismaName, metaOf('crm.order').prismaName]).toEqual([
      'Order',
      'CrmOrder',
    ]);
    const product = await add('shop.product', FULL);
    const order = await add('shop.order', { number: '1' });
    const other = await add('crm.order', { title: 'Theirs', products: [String(product)] });
    expect([typeof order, typeof other]).toEqual(['string', 'number']);
    const line = { order: String(order), product: String(product), price: '0.10', quantity: '2' };
    await add('shop.line', line);
    expect(await send('shop.line', line)).toMatchObject({
      errors: { '': ['Line with this Order and Product already exists.'] },
    });
    const { counts, rows } = await collectDeletion(
      everyTypeScreens('shop.order'),
      [order],
      admin(),
    );
    expect(counts).toEqual([
      { name: 'order', count: 1 },
      { name: 'line', count: 1 },
    ]);
    expect(rows[0]?.related).toHaveLength(1);
    expect(
      await deleteRows(everyTypeScreens('shop.order'), [order], requestOf(admin())),
    ).toMatchObject({
      count: 1,
    });
    expect(await modelOf('line').count()).toBe(0);
    expect(await modelOf('product').count()).toBe(1);
  });

  it('go with the row that they hang on', async () => {
    const category = await add('shop.category', { title: 'Seats' });
    const label = await add('shop.label', { name: 'New' });
    const id = await add('shop.product', {
      ...FULL,
      categories: [String(category)],
      labels: [String(label)],
    });
    await add('shop.leaflet', { text: 'Read me', product: String(id) });
    const part = await add('shop.product', { ...FULL, name: 'Part', code: '', parent: String(id) });
    const form = formOf({ action: 'delete_selected', _selected_action: [String(id)], post: 'yes' });
    const told = await answerListPost(everyTypeScreens('shop.product'), requestOf(admin()), {
      form,
      isFresh: true,
    });
    expect(told).toMatchObject({ kind: 'told', isDeleted: true });
    expect(await modelOf('product').findMany()).toMatchObject([{ id: part, parentId: null }]);
    expect(await modelOf('leaflet').count()).toBe(0);
    expect(await modelOf('category').count()).toBe(1);
    expect(
      await deleteRows(everyTypeScreens('shop.category'), [category], requestOf(admin())),
    ).toMatchObject({
      count: 1,
    });
    const entries = await db.logEntry.findMany({ where: { actionFlag: 3 } });
    expect(entries.map(({ objectId }) => objectId)).toContain(String(category));
  });

  it('are left to the database where no address names the row, which has no screens then', async () => {
    const category = await add('shop.category', { title: 'Seats' });
    const rate = { sku: 'A-1', amount: new Prisma.Decimal('1234.5678'), label: 'Seats' };
    await modelOf('rate').create({ data: rate });
    expect(await modelOf('rate').findMany()).toEqual([rate]);
    expect(() => metaOf('shop.rate')).toThrow(
      'Rate has no field "id" in a column "id", by which addresses name a row.',
    );
    expect(
      await deleteRows(everyTypeScreens('shop.category'), [category], requestOf(admin())),
    ).toMatchObject({ count: 1 });
    expect(await modelOf('rate').findMany()).toEqual([{ ...rate, label: null }]);
  });

  it('lag behind no sequence, whatever their ids are', async () => {
    await modelOf('product').create({ data: { id: 2n ** 53n + 1n, name: 'large', note: '' } });
    const found = await laggingSequences();
    expect(found.map(({ table }) => table)).toEqual(
      testDatabase === 'sqlite' ? [] : ['shop_product'],
    );
    await modelOf('product').deleteMany();
  });
});
