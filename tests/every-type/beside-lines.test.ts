import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { inlineForms } from '@/lib/contrib/admin/inlines/inline-view';
import type { User } from '@/lib/contrib/auth/models';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff } from '@/tests/support/admin/staff';
import { admin, emptyEveryType, everyTypeAdmin, untouched } from '@/tests/support/every-type/forms';
import { drawn, linesOfOrder, makeOrder, orderScreens } from '@/tests/support/every-type/orders';
import { get, post, serveScreens } from '@/tests/support/every-type/pages';
import { servedScreens } from '@/tests/support/every-type/served';
import { modelOf } from '@/tests/support/every-type/site';
import { browserOf } from '@/tests/support/server-call';

let undo = () => {};

beforeAll(async () => {
  const tearDown = await everyTypeAdmin();
  undo = serveScreens(servedScreens());
  return tearDown;
});
afterAll(() => undo());
beforeEach(emptyEveryType);

const staff = (...perms: string[]) => makeStaff(...(perms as PermissionName[]));
const ORDERS = ['shop.view_order', 'shop.change_order', 'shop.add_line', 'shop.change_line'];

async function linksOf(user: User) {
  const { views } = await inlineForms(orderScreens(), null, { canChange: true, user });
  const field = views[0]?.blank?.find(({ name }) => name.endsWith('-product'));
  return field?.related ?? null;
}

/** Leave the form of an order, filled as it is drawn and changed, by a button beside a field. */
async function leave(
  id: string | null,
  typed: Record<string, string>,
  { by = admin(), cookie }: { by?: User; cookie?: string } = {},
) {
  const fields = {
    ...(await drawn(orderScreens(), id)),
    ...{ _model: 'shop.order', ...(id !== null && { _id: id }), ...typed },
  };
  const from = `/admin/shop/order/${id === null ? 'add' : `${id}/change`}/`;
  return post(cookie ?? (await browserOf(by)), { action: 'save', form: formOf(fields), from });
}

describe('beside a field of a line', () => {
  it('there is what the person may do with the rows that it names', async () => {
    expect(await linksOf(admin())).toMatchObject({ canAdd: true, canChange: true });
    const adds = await staff(...ORDERS, 'shop.add_product');
    expect(await linksOf(adds)).toMatchObject({ canAdd: true, canChange: false });
    expect(await linksOf(await staff(...ORDERS))).toBeNull();
  });

  it('a row is added on its own page, and the form comes back as it was typed, unsaved', async () => {
    const { id } = await makeOrder(1, 1);
    const cookie = await browserOf(admin());
    const typed = { number: '77', 'lines-0-quantity': '65', 'lines-1-quantity': '43' };
    const left = await leave(String(id), { ...typed, _beside: 'add lines-1-product' }, { cookie });
    const there = new URL(left.location ?? '', 'http://localhost:3000');
    expect(there.pathname).toBe('/admin/shop/product/add/');

    const product = { ...(await untouched('shop.product', null)), name: 'Beside', note: 'n' };
    const carried = Object.fromEntries(there.searchParams);
    const form = formOf({ ...product, ...carried, _model: 'shop.product', _save: 'x' });
    const saved = await post(cookie, { action: 'save', form, from: there.pathname });
    const [made] = await modelOf('product').findMany({ where: { name: 'Beside' } });
    const back = new URL(saved.location ?? '', 'http://localhost:3000');
    expect(back.pathname).toBe(`/admin/shop/order/${id}/change/`);
    expect(back.searchParams.get('lines-1-product')).toBe(String(made?.['id']));

    const { texts } = await get(cookie, `${back.pathname}${back.search}`);
    for (const each of ['77', '65', '43', String(made?.['id'])]) expect(texts).toContain(each);
    expect(await linesOfOrder(String(id))).toMatchObject([{ quantity: 1 }]);

    const others = await get(await browserOf(admin()), `${back.pathname}${back.search}`);
    expect(others.texts).not.toContain('65');
  });

  it('a row that is chosen is changed on its own page', async () => {
    const { id, products } = await makeOrder(2, 1);
    const { location } = await leave(String(id), { _beside: 'change lines-0-product' });
    expect(location).toContain(`/admin/shop/product/${products[0]}/change/?next=`);
    const none = await leave(String(id), { _beside: 'change lines-1-product' });
    expect(none.location).toBeNull();
    expect(none.texts).toContain('Choose the product that you want to change.');
  });

  it.each([
    ['who may add no such row', 'add lines-0-product', [...ORDERS, 'shop.change_product']],
    ['a field that the form does not have', 'add lines-0-order', null],
    ['a field of no line', 'add nothing', null],
    ['nothing that can be done', 'steal lines-0-product', [...ORDERS, 'shop.add_product']],
  ])('the form is not left for %s', async (_what, button, perms) => {
    const { id } = await makeOrder(3, 1);
    const by = perms ? await staff(...perms) : admin();
    const { status, location } = await leave(String(id), { _beside: button }, { by });
    expect([status, location]).toEqual([200, null]);
  });

  it('a form that is too long is not left, so that nothing of it is lost', async () => {
    const { id } = await makeOrder(4, 1);
    const long = { _beside: 'add lines-0-product', 'lines-0-note': 'x'.repeat(200_001) };
    const { location, texts } = await leave(String(id), long);
    expect(location).toBeNull();
    expect(texts).toContain('This form is too long to be kept meanwhile: save it first.');
  });

  it('what was kept goes with the saved form', async () => {
    const { id } = await makeOrder(5, 1);
    const cookie = await browserOf(admin());
    const left = await leave(
      String(id),
      { number: '88', _beside: 'add lines-0-product' },
      { cookie },
    );
    const next =
      new URL(left.location ?? '', 'http://localhost:3000').searchParams.get('next') ?? '';
    expect((await get(cookie, next)).texts).toContain('88');
    await leave(String(id), { _save: 'x' }, { cookie });
    expect((await get(cookie, next)).texts).not.toContain('88');
  });
});
