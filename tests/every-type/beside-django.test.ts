import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { db } from '@/lib/db/client';
import { findDjango } from '@/tests/oracle/find-django';
import { formOf } from '@/tests/support/admin/object-forms';
import { type DjangoAnswer, DjangoShop, type Tables } from '@/tests/support/every-type/django-shop';
import {
  admin,
  everyTypeAdmin,
  everyTypeScreens,
  type Sent,
} from '@/tests/support/every-type/forms';
import { drawn, lineInline, orderScreens } from '@/tests/support/every-type/orders';
import { post, serveScreens } from '@/tests/support/every-type/pages';
import { modelOf } from '@/tests/support/every-type/site';
import { browserOf } from '@/tests/support/server-call';

const python = findDjango();
let django: DjangoShop;
let cookie = '';
let undo = () => {};

beforeAll(async () => {
  const tearDown = await everyTypeAdmin();
  undo = serveScreens([orders, products]);
  cookie = await browserOf(admin());
  if (python) django = new DjangoShop(python);
  for (const name of ['Chair', 'Table', 'Lamp', 'Rug']) {
    await modelOf('product').create({ data: { name, note: '', price: '0.10' } });
  }
  return tearDown;
});
afterAll(async () => {
  undo();
  await django?.stop();
});

const named = (row: unknown) => row as { product: { name: string }; quantity: number };

const orders: ModelAdmin = (() => {
  const inline = lineInline({
    extra: 2,
    str: (row) => `${named(row).quantity} of ${named(row).product.name}`,
  });
  const screens = orderScreens(inline);
  const options = {
    ...screens.options,
    saveAs: true,
    str: (row: object) => `Order ${Reflect.get(row, 'number')}`,
    fieldsets: [{ title: null, fields: ['number'] }],
  };
  return { ...screens, meta: screens.meta, options };
})();

const products: ModelAdmin = (() => {
  const screens = everyTypeScreens('shop.product');
  const markSent = {
    name: 'mark_sent',
    label: 'Mark as sent',
    permission: 'change',
    async run({ ids, tx }: { ids: readonly unknown[]; tx: unknown }) {
      const where = { id: { in: ids } };
      const made = modelOf('product', tx as typeof db);
      for (const { id } of await made.findMany({ where })) {
        await made.update({ where: { id }, data: { status: 'SENT' } });
      }
      return { level: 'success' as const, text: `Marked ${ids.length}.` };
    },
  };
  const options: ModelAdmin['options'] = {
    ...screens.options,
    listDisplay: ['name', 'price', 'born', 'status'],
    listEditable: ['price', 'born', 'status'],
    dateHierarchy: 'born',
    ordering: ['id'],
    actions: [markSent],
  };
  return { ...screens, meta: screens.meta, options };
})();

type Step = {
  what: string;
  /** The number of the order; null for a new one. */
  order: number | null;
  typed: Record<string, string>;
  button?: string;
};

/** A name of a product stands for its id, which the two sites do not share. */
const IDS: Record<string, string> = { Chair: '1', Table: '2', Lamp: '3', Rug: '4' };
const typedOf = (typed: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, IDS[text] ?? text]));

const line = (index: number, product: string, price: string, quantity = '1') => ({
  [`lines-${index}-product`]: product,
  [`lines-${index}-price`]: price,
  [`lines-${index}-quantity`]: quantity,
});

const STEPS: Step[] = [
  { what: 'nothing is typed', order: null, typed: {} },
  { what: 'an order without lines', order: null, typed: { number: '1' } },
  {
    what: 'an order with two',
    order: null,
    typed: { number: '2', ...line(0, 'Chair', '0.10', '3'), ...line(1, 'Table', '9999999999.99') },
  },
  { what: 'nothing is changed', order: 2, typed: {} },
  {
    what: 'one is changed, one deleted, one added, and the row itself',
    order: 2,
    typed: {
      number: '22',
      'lines-0-quantity': '5',
      'lines-1-DELETE': 'on',
      ...line(3, 'Rug', '1'),
    },
  },
  {
    what: 'much is wrong',
    order: 22,
    typed: {
      number: 'x',
      'lines-0-quantity': '1.5',
      ...line(2, '', '0.105'),
      'lines-3-quantity': '2',
    },
  },
  { what: 'more digits than there are', order: 22, typed: line(2, 'Lamp', '10000000000') },
  { what: 'a product that is there twice', order: 22, typed: line(2, 'Chair', '1') },
  { what: 'a number that is taken', order: 22, typed: { number: '1', ...line(2, 'Lamp', '1') } },
  { what: 'no number of lines', order: 22, typed: { 'lines-TOTAL_FORMS': 'x', number: '23' } },
  {
    what: 'a line without a product is deleted all the same',
    order: 22,
    typed: { 'lines-0-DELETE': 'on', 'lines-0-product': '' },
  },
  {
    what: 'a copy, but for a line that is deleted',
    order: 22,
    typed: { number: '222', ...line(1, 'Lamp', '3.50'), 'lines-0-quantity': '8' },
    button: '_saveasnew',
  },
  {
    what: 'saved, to be gone on with',
    order: 222,
    typed: { 'lines-0-quantity': '9' },
    button: '_continue',
  },
  {
    what: 'saved, and another is added',
    order: null,
    typed: { number: '5', ...line(0, 'Rug', '2') },
    button: '_addanother',
  },
];

// A number of Django's is a UUID here as there, each site's own.
const withoutIds = (address: string) => address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…');

async function ourStep({ order, typed, button = '_save' }: Step) {
  const found =
    order === null ? null : await modelOf('order').findMany({ where: { number: order } });
  const id = (found?.[0]?.['id'] as string | undefined) ?? null;
  const fields: Sent = { ...(await drawn(orders, id)), ...typedOf(typed) };
  const from = `/admin/shop/order/${id === null ? 'add' : `${id}/change`}/`;
  const hidden = { _model: 'shop.order', ...(id !== null && { _id: id }), [button]: 'x' };
  const form = formOf({ ...fields, ...hidden });
  const { location, state } = await post(cookie, { action: 'save', form, from });
  return {
    names: Object.keys(fields),
    errors: state?.fieldErrors ?? {},
    location: withoutIds(location ?? ''),
  };
}

async function ourTables(): Promise<Tables> {
  const found = await modelOf('order').findMany({ orderBy: { number: 'asc' } });
  const made: Tables = { orders: [], products: [], history: [] };
  const price = (value: unknown) => Number(value).toFixed(2);
  for (const order of found) {
    const rows = await modelOf('line').findMany({
      where: { orderId: order['id'] },
      include: { product: true },
      orderBy: { id: 'asc' },
    });
    made.orders.push([
      Number(order['number']),
      rows.map((row) => [
        `${row['quantity']} of ${Reflect.get(row['product'] as object, 'name')}`,
        price(row['price']),
      ]),
    ]);
  }
  const STATUSES: Record<string, string> = { PART_PAID: 'part paid', DRAFT: 'draft', SENT: 'sent' };
  for (const each of await modelOf('product').findMany({ orderBy: { id: 'asc' } })) {
    const { name, born, status } = each as { name: string; born: Date | null; status: string };
    const day = born?.toISOString().slice(0, 10) ?? null;
    made.products.push([name, price(each['price']), day, STATUSES[status] ?? status]);
  }
  const entries = await db.logEntry.findMany({ orderBy: { id: 'asc' } });
  made.history = entries.map((entry) => [entry.objectRepr, entry.actionFlag, entry.changeMessage]);
  return made;
}

const tablesOf = ({ orders: made, products: sold, history }: DjangoAnswer): Tables => ({
  orders: made,
  products: sold,
  history,
});

// What buttons and scripts add, and what Django's lines have besides.
const ASIDE =
  /^_|^csrf|__prefix__|-(?:MIN|MAX)_NUM_FORMS$|-DELETE$|-_version$|^action$|^select_across$|^index$/;
const fieldsIn = (names: readonly string[]) =>
  [...new Set(names)].filter((name) => name !== '' && !ASIDE.test(name)).sort();

describe.skipIf(!python)('beside a real Django', () => {
  it('a form with lines has the same fields, errors, rows and history', async () => {
    let { ids } = await django.open('/admin/');
    for (const step of STEPS) {
      const id = step.order === null ? 'add' : `${ids[`Order ${step.order}`]}/change`;
      const mark = 'lines-TOTAL_FORMS';
      const button = step.button ?? '_save';
      const typed = typedOf(step.typed);
      const theirs = await django.send(`/admin/shop/order/${id}/`, { mark, typed, button });
      const ours = await ourStep(step);
      ids = theirs.ids;
      expect([step.what, fieldsIn(ours.names)]).toEqual([step.what, fieldsIn(theirs.names)]);
      expect([step.what, ours.errors]).toEqual([step.what, theirs.errors]);
      expect([step.what, ours.location]).toEqual([step.what, withoutIds(theirs.location)]);
      expect([step.what, await ourTables()]).toEqual([step.what, tablesOf(theirs)]);
    }
  }, 180_000);

  it('a list that is changed itself has the same fields, errors, rows and history', async () => {
    const steps: Record<string, string>[] = [
      {},
      { 'form-0-price': '9.99', 'form-2-born': '2028-02-29', 'form-2-status': 'part paid' },
      { 'form-0-price': '9.995', 'form-1-price': '' },
      { 'form-1-born': '2027-02-29' },
      { 'form-1-born': '2028-03-01', 'form-1-price': '1e2' },
      { 'form-TOTAL_FORMS': '' },
    ];
    for (const typed of steps) {
      const sent = { mark: 'form-0-price', typed, button: '_save' };
      const theirs = await django.send('/admin/shop/product/', sent);
      const { edits } = await getChangeList(products, admin(), new URLSearchParams());
      const fields = { ...edits?.values, ...typed };
      const form = formOf({ ...fields, _model: 'shop.product', _save: 'x', _query: '' });
      const from = '/admin/shop/product/';
      const { location, state } = await post(cookie, { action: 'editList', form, from });
      expect(fieldsIn(Object.keys(fields))).toEqual(
        fieldsIn(theirs.names).filter((name) => name !== '_selected_action' && name !== '0'),
      );
      expect([typed, state?.fieldErrors ?? {}]).toEqual([typed, theirs.errors]);
      expect([typed, location ?? '']).toEqual([typed, theirs.location]);
      expect([typed, await ourTables()]).toEqual([typed, tablesOf(theirs)]);
    }
  });

  it.each([
    'born__year=2028',
    'born__year=2028&born__month=2',
    'born__year=2028&born__month=2&born__day=29',
    'born__year=2027',
  ])('a hierarchy of dates leaves the same rows: %s', async (query) => {
    const { rows } = await getChangeList(products, admin(), new URLSearchParams(query));
    const theirs = await django.open(`/admin/shop/product/?${query}`);
    expect(rows.map(({ str }) => str)).toEqual(theirs.rows);
  });

  it('an action takes the same rows', async () => {
    const typed = { action: 'mark_sent', _selected_action: ['1', '3'] };
    const sent = { mark: '_selected_action', typed, button: 'index' };
    const theirs = await django.send('/admin/shop/product/', sent);
    const form = formOf({ ...typed, _model: 'shop.product', _query: '' });
    const from = '/admin/shop/product/';
    const { location } = await post(cookie, { action: 'list', form, from });
    expect(location).toBe(theirs.location);
    expect(await ourTables()).toEqual(tablesOf(theirs));
  });
});
