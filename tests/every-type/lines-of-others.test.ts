import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conflictWords } from '@/lib/contrib/admin/form/conflict-words';
import { canGrant } from '@/lib/contrib/admin/form/step-up';
import { afterConflicts } from '@/lib/contrib/admin/inlines/refused-lines';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { emptyEveryType, everyTypeAdmin } from '@/tests/support/every-type/forms';
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

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

describe('two people at the lines of one row', () => {
  it('are told what the other did, and save theirs at the second try', async () => {
    const [first, second] = [await makeSuperuser(), await makeSuperuser()];
    const { id } = await makeOrder(10, 2);
    const screens = orderScreens();
    const sent = await drawn(screens, id);
    await savedOrder(
      screens,
      { ...sent, 'lines-0-quantity': '3', 'lines-1-DELETE': 'on' },
      { id, by: first },
    );

    const hers = { ...sent, 'lines-0-quantity': '4', 'lines-1-quantity': '2' };
    const told = await sendOrder(screens, hers, { id, by: second });
    if (told.kind !== 'conflict') throw new Error(told.kind);
    const words = (await conflictWords(screens, told.conflict, told.row, told.lines)).join(' ');
    expect(told.lines.map(({ by }) => by[0]?.id)).toEqual([first.id, first.id]);
    expect(words).toContain('changed this order while you had it open.');
    expect(words).toContain('Quantity is now “3”.');
    expect(words).toContain('Line 2 is not there any more');
    expect(await linesOfOrder(id)).toMatchObject([{ quantity: 3 }]);

    const again = { ...hers, _version: told.version, ...afterConflicts(told.lines) };
    await savedOrder(screens, again, { id, by: second });
    expect(await linesOfOrder(id)).toMatchObject([{ quantity: 4 }, { quantity: 2 }]);
  });

  it('do not delete what the other has changed without being told', async () => {
    const { id } = await makeOrder(11, 1);
    const screens = orderScreens();
    const sent = await drawn(screens, id);
    await savedOrder(screens, { ...sent, 'lines-0-quantity': '3' }, { id });
    const deleted = { ...sent, 'lines-0-DELETE': 'on' };
    expect(await sendOrder(screens, deleted, { id })).toMatchObject({ kind: 'conflict' });
    expect(await linesOfOrder(id)).toHaveLength(1);
  });
});

describe('what somebody may not do with lines', () => {
  const change = ['shop.change_order', 'shop.view_product'] as never[];

  it.each([
    [[], [1], 'none, and what is sent of them counts for nothing'],
    [['shop.view_line'], [1], 'only reading them'],
    [['shop.add_line'], [1, 1], 'adding, and not seeing those that are there'],
    [['shop.change_line'], [7], 'changing, and neither adding nor deleting'],
    [['shop.view_line', 'shop.delete_line'], [], 'deleting, and not changing'],
  ])('with %j leaves quantities %j: %s', async (perms, left) => {
    const { id, products } = await makeOrder(12, 1);
    const screens = orderScreens();
    const whole = await drawn(screens, id);
    const by = await makeStaff(...change, ...(perms as never[]));
    const own = await drawn(screens, id, by);
    const isSeen = perms.some((perm) => perm !== 'shop.add_line');
    expect(Boolean(own['lines-0-id'])).toBe(isSeen);
    const forged = {
      ...whole,
      'lines-0-quantity': '7',
      'lines-1-product': String(products[1]),
      'lines-1-price': '1',
      ...(!perms.includes('shop.change_line') && { 'lines-0-DELETE': 'on' }),
      number: '120',
    };
    await savedOrder(screens, forged, { id, by });
    expect((await linesOfOrder(id)).map(({ quantity }) => quantity)).toEqual(left);
    expect(await modelOf('order').findUniqueOrThrow({ where: { id } })).toMatchObject({
      number: 120,
    });
  });

  it.each([
    [
      'getQueryset of the inline',
      (line: unknown) =>
        orderScreens(lineInline({ getQueryset: () => Prisma.sql`t.id <> ${line}` })),
    ],
    [
      'hasViewPermission of their screens',
      (line: unknown) => withLineScreens({ hasViewPermission: (_user, row) => row?.id !== line }),
    ],
  ])('is anything with one that %s hides, by its id', async (_what, screensWithout) => {
    const { id, lines } = await makeOrder(17, 2);
    const own = String((await drawn(orderScreens(), id))['lines-0-_version']);
    const screens = screensWithout(lines[0]);
    const sent = { ...(await drawn(screens, id)), 'lines-0-id': String(lines[0]) };
    for (const version of ['', own, own.replaceAll(/\.\w/g, '.x')]) {
      const forged = { ...sent, 'lines-0-quantity': '7', 'lines-0-_version': version };
      expect(await sendOrder(screens, forged, { id })).toMatchObject({
        kind: 'conflict',
        lines: [{ row: null, fields: [] }],
      });
    }
    await savedOrder(screens, { ...sent, 'lines-0-DELETE': 'on' }, { id });
    expect(await linesOfOrder(id)).toMatchObject([{ quantity: 1 }, { quantity: 1 }]);
  });

  it('is what the inline and the screens of their model refuse besides', async () => {
    const { id } = await makeOrder(13, 1);
    const sent = { ...(await drawn(orderScreens(), id)), 'lines-0-quantity': '7' };
    const refusing = orderScreens(lineInline({ hasChangePermission: () => false }));
    await savedOrder(refusing, sent, { id });
    expect(await linesOfOrder(id)).toMatchObject([{ quantity: 1 }]);
    const owned = withLineScreens({ hasChangePermission: () => false });
    await savedOrder(owned, sent, { id });
    expect(await linesOfOrder(id)).toMatchObject([{ quantity: 1 }]);
  });
});

describe('a fresh sign-in', () => {
  it.each([
    ['one that gives a right is changed', { isGrant: () => true }, { 'lines-0-quantity': '7' }],
    ['one that guards an account goes', { isDeletionGuarded: true }, { 'lines-0-DELETE': 'on' }],
  ])(
    'is asked for where of lines %s, and the form has a field for it',
    async (_what, said, change) => {
      const { id } = await makeOrder(18, 1);
      const screens = withLineScreens(said);
      const sent = { ...(await drawn(screens, id)), ...change };
      expect(await sendOrder(screens, sent, { id, isFresh: false })).toEqual({
        kind: 'stale sign-in',
      });
      expect(await linesOfOrder(id)).toMatchObject([{ quantity: 1 }]);
      expect([canGrant(screens), canGrant(orderScreens())]).toEqual([true, false]);
      await savedOrder(screens, sent, { id });
      await savedOrder(screens, await drawn(screens, id), { id });
    },
  );
});

// An order's, where the lines' own say this.
function withLineScreens(said: Partial<ModelAdmin['options']>): ModelAdmin {
  const screens = orderScreens();
  const site = {
    find: (key: string) => {
      const found = screens.site.find(key);
      if (!found || key !== 'shop.line') return found;
      return { ...found, meta: found.meta, options: { ...found.options, ...said } };
    },
  };
  return { ...screens, meta: screens.meta, site };
}
