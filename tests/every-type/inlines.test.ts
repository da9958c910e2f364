import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { objectHistory } from '@/lib/contrib/admin/history';
import { withOneMore } from '@/lib/contrib/admin/inlines/refused-lines';
import { Prisma } from '@/lib/db/client';
import { formOf } from '@/tests/support/admin/object-forms';
import {
  admin,
  emptyEveryType,
  everyTypeAdmin,
  everyTypeScreens,
  type Sent,
} from '@/tests/support/every-type/forms';
import {
  drawn,
  lineInline,
  linesOfOrder,
  makeOrder,
  orderScreens,
  savedOrder,
  sendOrder,
} from '@/tests/support/every-type/orders';
import { modelOf } from '@/tests/support/every-type/site';
import { statementsOf } from '@/tests/support/statements';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

async function messages(id: string | number | bigint): Promise<string[]> {
  const { entries } = await objectHistory(everyTypeScreens('shop.order'), id, 1);
  return entries.map(({ changeMessage }) => changeMessage);
}

describe('lines in the form of a row', () => {
  it('have the names that Django gives them', async () => {
    const { id, lines } = await makeOrder(1, 1);
    const sent = await drawn(orderScreens(), id);
    expect(
      Object.keys(sent)
        .filter((name) => name.startsWith('lines-'))
        .sort(),
    ).toEqual(
      [
        'lines-0-_version',
        'lines-0-id',
        'lines-0-order',
        'lines-0-price',
        'lines-0-product',
        'lines-0-quantity',
        'lines-1-id',
        'lines-1-order',
        'lines-1-price',
        'lines-1-product',
        'lines-1-quantity',
        'lines-INITIAL_FORMS',
        'lines-TOTAL_FORMS',
      ].sort(),
    );
    expect(sent).toMatchObject({
      'lines-TOTAL_FORMS': '2',
      'lines-INITIAL_FORMS': '1',
      'lines-0-id': String(lines[0]),
      'lines-0-order': id,
      'lines-0-price': '0.10',
      'lines-1-quantity': '1',
    });
  });

  it('are added with a new row, changed, deleted and told of as Django tells it', async () => {
    const { id, products } = await makeOrder(2, 2);
    const screens = orderScreens();
    const before = await linesOfOrder(id);
    expect(before).toMatchObject([{ quantity: 1, orderId: id }, { quantity: 1 }]);
    const sent = {
      ...(await drawn(screens, id)),
      number: '22',
      'lines-0-quantity': '5',
      'lines-1-DELETE': 'on',
      'lines-2-product': String(products[2]),
      'lines-2-price': '1000000000.01',
    };
    await savedOrder(screens, sent, { id });
    const rows = await linesOfOrder(id);
    expect(rows.map(({ quantity, price }) => [quantity, String(price)])).toEqual([
      [5, '0.1'],
      [1, '1000000000.01'],
    ]);
    const [, second] = await messages(id);
    const line = (row: { id?: unknown } | undefined) => `line ${row?.id}`;
    expect(JSON.parse(second ?? '')).toEqual([
      { changed: { fields: ['Number'] } },
      { added: { name: 'line', object: line(rows[1]) } },
      { changed: { name: 'line', object: line(rows[0]), fields: ['Quantity'] } },
      { deleted: { name: 'line', object: line(before[1]) } },
    ]);
    await savedOrder(screens, await drawn(screens, id), { id });
    expect((await messages(id)).at(-1)).toBe('[]');
  });

  it('are not saved by half: what is wrong in one is told at its field, and nothing is written', async () => {
    const { id, products } = await makeOrder(3, 1);
    const screens = orderScreens();
    const sent = {
      ...(await drawn(screens, id)),
      number: 'x',
      'lines-0-quantity': '1.5',
      'lines-1-product': String(products[1]),
    };
    expect(await sendOrder(screens, sent, { id })).toEqual({
      kind: 'refused',
      errors: {
        number: ['Enter a whole number.'],
        'lines-0-quantity': ['Enter a whole number.'],
        'lines-1-price': ['This field is required.'],
      },
    });
    const twice = (index: number) => ({
      [`lines-${index}-product`]: String(products[1]),
      [`lines-${index}-quantity`]: '1',
      [`lines-${index}-price`]: '1',
    });
    const alike = {
      ...(await drawn(screens, id)),
      number: '33',
      'lines-0-quantity': '9',
      'lines-TOTAL_FORMS': '3',
      ...twice(1),
      ...twice(2),
    };
    expect(await sendOrder(screens, alike, { id })).toEqual({
      kind: 'refused',
      errors: {
        lines: ['Please correct the duplicate data for product.'],
        'lines-2': ['Please correct the duplicate values below.'],
      },
    });
    expect(await linesOfOrder(id)).toMatchObject([{ quantity: 1 }]);
    expect(await modelOf('order').findUniqueOrThrow({ where: { id } })).toMatchObject({
      number: 3,
    });
  });

  it('say what is taken by a line that the form does not hold, and free what goes', async () => {
    const { id, products, lines } = await makeOrder(4, 2);
    const screens = orderScreens(
      lineInline({ getQueryset: () => Prisma.sql`t.id <> ${lines[1]}` }),
    );
    const sent = {
      ...(await drawn(screens, id)),
      'lines-1-product': String(products[1]),
      'lines-1-price': '1',
    };
    expect(sent).toMatchObject({ 'lines-INITIAL_FORMS': '1' });
    expect(await sendOrder(screens, sent, { id })).toMatchObject({
      errors: { 'lines-1': ['Line with this Order and Product already exists.'] },
    });
    const freed = {
      ...sent,
      'lines-0-DELETE': 'on',
      'lines-1-product': String(products[0]),
    };
    await savedOrder(screens, freed, { id });
    expect((await linesOfOrder(id)).map(({ productId }) => productId)).toEqual([
      products[1],
      products[0],
    ]);
  });

  it('of another row are not reached by their ids', async () => {
    const { id, lines: own } = await makeOrder(5, 1);
    const other = await makeOrder(6, 1);
    const screens = orderScreens();
    const sent = { ...(await drawn(screens, id)), 'lines-0-id': String(other.lines[0]) };
    const forged = [
      [{ 'lines-0-quantity': '7' }, 'conflict'],
      [{ 'lines-0-DELETE': 'on' }, 'saved'],
      [{ 'lines-0-id': 'x' }, 'refused'],
      [{ 'lines-0-id': '' }, 'refused'],
      [{ 'lines-0-id': String(own[0]), 'lines-0-order': String(other.id) }, 'refused'],
    ] as const;
    for (const [fields, kind] of forged) {
      const saved = await sendOrder(screens, { ...sent, ...fields }, { id });
      expect([fields, saved.kind]).toEqual([fields, kind]);
    }
    expect(await linesOfOrder(other.id)).toMatchObject([{ id: other.lines[0], quantity: 1 }]);
    expect(await linesOfOrder(id)).toMatchObject([{ id: own[0], quantity: 1 }]);
  });

  it('are refused on the form where it says no number of them, or far too many', async () => {
    const { id } = await makeOrder(7, 1);
    const screens = orderScreens();
    const sent = await drawn(screens, id);
    const missing = 'ManagementForm data is missing or has been tampered with.';
    const told = [
      ...['', 'x', '-1', '1e3', '9'.repeat(20)].map((total) => [total, missing]),
      ['999999999', 'Please submit at most 1000 forms.'],
    ] as const;
    for (const [total = '', words] of told) {
      const saved = await sendOrder(screens, { ...sent, 'lines-TOTAL_FORMS': total }, { id });
      const errors = saved.kind === 'refused' ? saved.errors['lines'] : [saved.kind];
      expect([total, errors?.[0]]).toEqual([total, expect.stringContaining(words ?? '')]);
    }
  });

  it('are as many as there may be and have to be', async () => {
    const { id, products } = await makeOrder(8, 1);
    const screens = orderScreens(lineInline({ maxNum: 1, minNum: 1, extra: 3 }));
    const sent = await drawn(screens, id);
    expect(sent['lines-TOTAL_FORMS']).toBe('1');
    const more = {
      ...sent,
      'lines-TOTAL_FORMS': '2',
      'lines-1-product': String(products[1]),
      'lines-1-quantity': '1',
      'lines-1-price': '1',
    };
    expect(await sendOrder(screens, more, { id })).toMatchObject({
      errors: { lines: ['Please submit at most 1 form.'] },
    });
    expect(await sendOrder(screens, { ...sent, 'lines-0-DELETE': 'on' }, { id })).toMatchObject({
      errors: { lines: ['Please submit at least 1 form.'] },
    });
    const empty = { ...(await drawn(screens, null)), number: '88' };
    expect(await sendOrder(screens, empty)).toMatchObject({
      errors: { 'lines-0-product': ['This field is required.'] },
    });
  });

  it('are one more where somebody without scripts asks for it, with what a new one begins with', async () => {
    const { id } = await makeOrder(14, 1);
    const screens = orderScreens();
    const form = formOf({ ...(await drawn(screens, id)), '_addrow-lines': '1' });
    expect(await withOneMore(screens, admin(), { form, id })).toEqual({
      'lines-TOTAL_FORMS': '3',
      'lines-2-order': id,
      'lines-2-product': '',
      'lines-2-quantity': '1',
      'lines-2-price': '',
    });
    const full = orderScreens(lineInline({ maxNum: 2 }));
    expect(await withOneMore(full, admin(), { form, id })).toEqual({});
    form.delete('_addrow-lines');
    expect(await withOneMore(screens, admin(), { form, id })).toBeNull();
  });

  it('cost no statement more for being many, unless they are changed', async () => {
    const screens = orderScreens();
    const counts: number[][] = [];
    for (const { id } of [await makeOrder(15, 1), await makeOrder(16, 6)]) {
      let sent: Sent = {};
      const drawing = await statementsOf(async () => {
        sent = await drawn(screens, id);
      });
      const saving = await statementsOf(() => savedOrder(screens, sent, { id }));
      counts.push([drawing.length, saving.length]);
    }
    expect(counts[0]).toEqual(counts[1]);
  });

  it('go with a copy of their row, and stay where they were', async () => {
    const { id } = await makeOrder(9, 2);
    const screens = orderScreens();
    const sent = { ...(await drawn(screens, id)), number: '99', 'lines-1-DELETE': 'on' };
    const copy = await savedOrder(screens, sent, { isCopy: true });
    expect(await linesOfOrder(copy)).toMatchObject([{ quantity: 1 }]);
    expect(await linesOfOrder(id)).toHaveLength(2);
  });
});
