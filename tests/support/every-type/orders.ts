import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { inlineForms } from '@/lib/contrib/admin/inlines/inline-view';
import type { Inline, InlineOptions, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { formOf } from '@/tests/support/admin/object-forms';
import { requestOf } from '@/tests/support/admin/staff';
import { admin, everyTypeScreens, type Sent } from './forms';
import { modelOf } from './site';

type LineOptions = InlineOptions<Row, string>;

/** An inline of the fixture's lines, with what it says. */
export function lineInline(options: LineOptions = {}): Inline {
  return { kind: 'tabular', model: 'shop.line', options: { extra: 1, ...options } };
}

/** The screens of an order with its lines in it. */
export function orderScreens(...inlines: Inline[]): ModelAdmin {
  const screens = everyTypeScreens('shop.order');
  const declared = inlines.length > 0 ? inlines : [lineInline()];
  return { ...screens, meta: screens.meta, options: { ...screens.options, inlines: declared } };
}

/** What a browser sends of the form of a row with lines that nobody touched. */
export async function drawn(
  screens: ModelAdmin,
  id: RowId | null,
  user: User = admin(),
): Promise<Sent> {
  const row = id === null ? null : await readSnapshot(db, screens, id);
  const view = await changeForm(screens, row, { canChange: true });
  const { values } = await inlineForms(screens, row, { canChange: true, user });
  const filled = { ...view.values, ...values, ...(view.version && { _version: view.version }) };
  // A browser ends each line with both characters.
  const sent = Object.entries(filled).map(([name, value]) => [name, value.replace(/\n/g, '\r\n')]);
  return Object.fromEntries(sent);
}

/** Save what a form says of a row and its lines. */
export function sendOrder(
  screens: ModelAdmin,
  sent: Sent,
  {
    id = null,
    by = admin(),
    isCopy = false,
    isFresh = true,
  }: { id?: RowId | null; by?: User; isCopy?: boolean; isFresh?: boolean } = {},
) {
  return saveObject(screens, requestOf(by), { id, form: formOf(sent), isFresh, isCopy });
}

/** Save it, and give the id of the row. */
export async function savedOrder(...call: Parameters<typeof sendOrder>): Promise<RowId> {
  const saved = await sendOrder(...call);
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved, null, 2));
  return saved.id;
}

/** An order of so many products, each of its own, one of each. */
export async function makeOrder(number: number, count: number) {
  const products: RowId[] = [];
  for (let i = 0; i < count + 1; i += 1) {
    const data = { name: `Product ${number}.${i}`, note: '' };
    products.push((await modelOf('product').create({ data }))['id'] as RowId);
  }
  const lines = Object.fromEntries(
    products.slice(0, count).flatMap((product, i) => [
      [`lines-${i}-product`, String(product)],
      [`lines-${i}-price`, '0.10'],
    ]),
  );
  const screens = orderScreens(lineInline({ extra: count }));
  const sent = { ...(await drawn(screens, null)), number: String(number), ...lines };
  const id = await savedOrder(screens, sent);
  const rows = await linesOfOrder(id);
  return { id, products, lines: rows.map((row) => row['id'] as number) };
}

/** The lines of an order, by id. */
export function linesOfOrder(orderId: RowId) {
  return modelOf('line').findMany({ where: { orderId }, orderBy: { id: 'asc' } });
}
