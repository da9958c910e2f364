import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { filledByQuery } from '@/lib/contrib/admin/related/filled-by-query';
import type { User } from '@/lib/contrib/auth/models';
import { makeStaff } from '@/tests/support/admin/staff';
import {
  add,
  admin,
  emptyEveryType,
  everyTypeAdmin,
  everyTypeScreens,
  FULL,
} from '@/tests/support/every-type/forms';
import { makeOrder } from '@/tests/support/every-type/orders';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

async function links(key: string, user: User) {
  const { sections } = await changeForm(everyTypeScreens(key), null, { canChange: true, user });
  const fields = sections.flatMap((section) => section.fields);
  return Object.fromEntries(
    fields.flatMap(({ name, related }) => {
      if (!related) return [];
      const { canAdd, canChange, path } = related;
      return [[name, `${canAdd ? '+' : ''}${canChange ? '✎' : ''} ${path}`]];
    }),
  );
}

const staff = (...perms: string[]) => makeStaff(...(perms as PermissionName[]));

async function filled(key: string, user: User, query: Record<string, string | string[]>) {
  const screens = everyTypeScreens(key);
  const view = await changeForm(screens, null, { canChange: true, user });
  const { values } = await filledByQuery(screens, view, { user, query });
  return values;
}

describe('beside a field that names rows', () => {
  it('there is what the person may do with these', async () => {
    expect(await links('shop.line', admin())).toEqual({
      order: '+✎ /admin/shop/order/',
      product: '+✎ /admin/shop/product/',
    });
    expect(await links('shop.product', admin())).toMatchObject({
      parent: '+✎ /admin/shop/product/',
      categories: '+ /admin/shop/category/',
    });
    const add = await staff('shop.add_line', 'shop.add_product', 'shop.view_order');
    expect(await links('shop.line', add)).toEqual({ product: '+ /admin/shop/product/' });
    const change = await staff('shop.add_line', 'shop.change_order');
    expect(await links('shop.line', change)).toEqual({ order: '✎ /admin/shop/order/' });
    expect(await links('shop.line', await staff('shop.add_line'))).toEqual({});
  });

  it('a row that was added there is put into the field, as the address says', async () => {
    const { id: order } = await makeOrder(1, 1);
    const product = await add('shop.product', { ...FULL });
    const query = { order: String(order), product: String(product), quantity: '99' };
    expect(await filled('shop.line', admin(), query)).toMatchObject({
      order: String(order),
      product: String(product),
      quantity: '1',
    });
    const category = String(await add('shop.category', { title: 'New' }));
    expect(await filled('shop.product', admin(), { categories: category })).toMatchObject({
      categories: category,
    });
  });

  it('nothing is put into it that is no row, or that the person may do nothing with', async () => {
    const { id: order } = await makeOrder(1, 1);
    for (const wrong of ['0', 'x', '999999', '1,2', "1'--", '']) {
      const values = await filled('shop.line', admin(), { product: wrong, order: [String(order)] });
      expect(values).toMatchObject({ product: '', order: '' });
    }
    const viewer = await staff('shop.add_line');
    expect(await filled('shop.line', viewer, { order: String(order) })).toMatchObject({
      order: '',
    });
  });
});
