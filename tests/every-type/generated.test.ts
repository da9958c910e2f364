import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { db } from '@/lib/db/client';
import { parseRowId } from '@/lib/forms/row-id';
import { admin, everyTypeAdmin, type Sent, untouched } from '@/tests/support/every-type/forms';
import {
  changedForm,
  type Generated,
  generated,
  queryOf,
} from '@/tests/support/every-type/generated';
import { drawn } from '@/tests/support/every-type/orders';
import { get, post, postForFile, type Shown, serveScreens } from '@/tests/support/every-type/pages';
import { servedScreens } from '@/tests/support/every-type/served';
import { modelOf } from '@/tests/support/every-type/site';
import { csvFile } from '@/tests/support/import/import';
import { SEED } from '@/tests/support/seed';
import { browserOf } from '@/tests/support/server-call';

const RUNS = process.env['TEST_LONG'] ? 20_000 : 120;
const MODELS = ['product', 'category', 'leaflet', 'order', 'line'];

let cookie = '';
let undo = () => {};
const served = new Map<string, ModelAdmin>();

beforeAll(async () => {
  const tearDown = await everyTypeAdmin();
  const screens = servedScreens();
  undo = serveScreens(screens);
  for (const each of screens) served.set(each.meta.modelName, each);
  cookie = await browserOf(admin());
  return tearDown;
});
afterAll(() => undo());

/** Rows to be asked for and changed, made anew where requests have deleted them. */
async function someRows(): Promise<Record<string, string>> {
  const one = async (name: string, data: object) => {
    const [found] = await modelOf(name).findMany({ take: 1 });
    return String((found ?? (await modelOf(name).create({ data })))['id']);
  };
  const product = await one('product', { name: 'One', note: '' });
  const order = await one('order', { number: 1 });
  const ofLine = { orderId: order, productId: BigInt(product), price: '0.10' };
  return {
    product,
    order,
    category: await one('category', { title: 'One' }),
    leaflet: await one('leaflet', { productId: BigInt(product) }),
    line: await one('line', ofLine),
  };
}

/** All that these requests may write. */
async function written(): Promise<string> {
  const tables = await Promise.all(
    [...MODELS, 'label'].map((name) => modelOf(name).findMany({ orderBy: { id: 'asc' } })),
  );
  const ties = await db.$queryRawUnsafe('SELECT * FROM "_CategoryToProduct" ORDER BY 1, 2');
  return JSON.stringify([tables, ties], (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

type Target = (each: Generated, rows: Record<string, string>) => Promise<Shown>;

const idOf = ({ id }: Generated, row: string | undefined) =>
  encodeURIComponent((id === null || id === '' ? (row ?? '1') : id).toWellFormed()).replace(
    /^\.{1,2}$/,
    'x',
  );

const page =
  (model: string, name: string): Target =>
  (each, rows) => {
    const at = name.replace('…', idOf(each, rows[model]));
    return get(cookie, `/admin/shop/${model}/${at}?${queryOf(each)}`);
  };

const save =
  (model: string, isNew: boolean): Target =>
  async (each, rows) => {
    const screens = served.get(model);
    const id = isNew ? null : (rows[model] ?? null);
    if (!screens) throw new Error(`${model} has no screens.`);
    const fields: Sent =
      model === 'order'
        ? await drawn(screens, id)
        : await untouched(`shop.${model}`, id === null ? null : parseRowId(id, screens.meta));
    const hidden = { _model: `shop.${model}`, ...(id !== null && { _id: each.id ?? id }) };
    const form = changedForm({ ...fields, ...hidden, _save: 'x' }, each);
    return post(cookie, { action: 'save', form, from: `/admin/shop/${model}/add/` });
  };

const inList =
  (action: 'list' | 'editList'): Target =>
  async (each, { product = '' }) => {
    const fields = {
      ...{ _model: 'shop.product', action: 'mark_sent', _selected_action: [product], _query: '' },
      ...{ 'form-TOTAL_FORMS': '1', 'form-INITIAL_FORMS': '1', 'form-0-id': product },
      ...{ 'form-0-price': '1.00', 'form-0-born': '2028-02-29', 'form-0-status': 'sent' },
      ...(action === 'editList' && { _save: 'x' }),
    };
    return post(cookie, { action, form: changedForm(fields, each), from: '/admin/shop/product/' });
  };

const imported: Target = async (each, { product = '' }) => {
  const cells = each.changes.map(({ value }) => value);
  const columns = each.query.map(([name]) => name);
  const form = changedForm({ _model: 'shop.product' }, { ...each, changes: [] });
  const rest = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join();
  const text = `id,name,${columns.join()}\n${each.id ?? product},x,${rest}\n`;
  form.set('import_file', csvFile(text));
  const answer = await post(cookie, {
    action: 'preview',
    form,
    from: '/admin/shop/product/import/',
  });
  const [, number] = /import\/(\d+)\/$/.exec(answer.location ?? '') ?? [];
  if (!number) return answer;
  const looked = await get(cookie, answer.location ?? '');
  if (looked.status >= 500) return looked;
  const confirm = changedForm(
    { _model: 'shop.product', _import: number },
    { ...each, changes: [] },
  );
  return post(cookie, { action: 'confirm', form: confirm, from: answer.location ?? '' });
};

const TARGETS: readonly (readonly [what: string, target: Target])[] = [
  ...MODELS.flatMap((model) =>
    ['', '', 'add/', '…/change/', '…/delete/', '…/history/', 'export/', 'import/'].map(
      (name) => [`${model}/${name}`, page(model, name)] as const,
    ),
  ),
  ...MODELS.flatMap((model) => [
    [`add ${model}`, save(model, true)] as const,
    [`save ${model}`, save(model, false)] as const,
    [`save ${model}, too`, save(model, false)] as const,
  ]),
  [
    'autocomplete',
    (each) => {
      const field = 'app_label=shop&model_name=line&field_name=product';
      return get(cookie, `/admin/autocomplete/?${field}&term=${idOf(each, 'O')}&${queryOf(each)}`);
    },
  ],
  [
    'the dialog',
    (each, { category }) =>
      get(
        cookie,
        `/admin/related/?model=shop.category&id=${idOf(each, category)}&${queryOf(each)}`,
      ),
  ],
  [
    'save in the dialog',
    (each, { category = '' }) => {
      const fields = { _model: 'shop.category', _id: category, 'related-title': 'One' };
      const form = changedForm(fields, each);
      return post(cookie, { action: 'saveRelated', form, from: '/admin/shop/product/add/' });
    },
  ],
  [
    'delete',
    (each, { leaflet = '' }) => {
      const form = changedForm({ _model: 'shop.leaflet', _id: leaflet, post: 'yes' }, each);
      return post(cookie, { action: 'delete', form, from: '/admin/shop/leaflet/' });
    },
  ],
  ['an action', inList('list')],
  ['the list itself', inList('editList')],
  [
    'a file of ticked rows',
    (each, { product = '' }) => {
      const fields = { action: 'export_selected', _selected_action: product, _query: '' };
      return postForFile(cookie, 'product', changedForm(fields, each));
    },
  ],
  ['an import', imported],
  ['an import, too', imported],
];

it('generated requests to lists, forms, lines, files and searches come to no fault and write nothing by halves', {
  timeout: 7_200_000,
}, async () => {
  const statuses = new Map<string, Set<number>>();
  let saved = 0;
  const CHUNK = 500;
  for (let done = 0; done < RUNS; done += CHUNK) {
    const count = Math.min(CHUNK, RUNS - done);
    for (const [index, each] of fc
      .sample(generated, { numRuns: count, seed: SEED + done })
      .entries()) {
      const [what, target] = TARGETS[(done + index) % TARGETS.length] ?? ['', TARGETS[0]?.[1]];
      if (!target) throw new Error('There are targets.');
      const rows = await someRows();
      const before = { rows: await written(), entries: await db.logEntry.count() };
      const told = `${what}, number ${index} of seed ${SEED + done}: ${JSON.stringify(each).slice(0, 600)}`;
      const { status } = await target(each, rows).catch((error: unknown) => {
        throw new Error(told, { cause: error });
      });
      expect(status, told).toBeLessThan(500);
      const hasEntry = (await db.logEntry.count()) > before.entries;
      const isChanged = (await written()) !== before.rows;
      // A form that changes nothing is logged too, as Django does; nothing is written without an entry.
      if (isChanged) expect(hasEntry, told).toBe(true);
      if (status !== 303 && !what.includes('dialog')) expect(isChanged, told).toBe(false);
      if (isChanged) saved += 1;
      statuses.set(what, (statuses.get(what) ?? new Set()).add(status));
    }
  }
  expect(saved).toBeGreaterThan(0);
  const unread = [...statuses].filter(([, seen]) => ![...seen].some((each) => each < 400));
  if (process.env['TEST_LONG']) expect(unread, 'targets that were never read').toEqual([]);
  console.info(`${RUNS} requests to ${statuses.size} targets, ${saved} saved, seed ${SEED}`);
});
