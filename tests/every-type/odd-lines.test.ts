import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSnapshot } from '@/lib/contrib/admin/form/snapshot';
import { inlineForms } from '@/lib/contrib/admin/inlines/inline-view';
import type { Inline, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { db, Prisma } from '@/lib/db/client';
import {
  add,
  admin,
  emptyEveryType,
  everyTypeAdmin,
  everyTypeScreens,
  FULL,
} from '@/tests/support/every-type/forms';
import { drawn, savedOrder, sendOrder } from '@/tests/support/every-type/orders';
import { modelOf } from '@/tests/support/every-type/site';

beforeAll(everyTypeAdmin);
beforeEach(emptyEveryType);

describe('lines', () => {
  it('have ids of PostgreSQL’s own types, and belong to one', async () => {
    const screens = everyTypeScreens('shop.host');
    const options = { fields: ['title'] };
    const bins = { kind: 'tabular', model: 'shop.bin', options } as const;
    const of = { ...screens, meta: screens.meta, options: { ...screens.options, inlines: [bins] } };
    const { id } = await modelOf('host').create({ data: { id: '192.0.2.7', mask: '101' } });
    await modelOf('bin').create({ data: { title: 'Bin', hostId: id } });
    const sent = await drawn(of, '192.0.2.7');
    const forged = { ...sent, 'bins-0-id': '32768' };
    expect(await sendOrder(of, forged, { id: '192.0.2.7' })).toMatchObject({
      errors: {
        'bins-0': ['Select a valid choice. That choice is not one of the available choices.'],
      },
    });
    await savedOrder(of, { ...sent, 'bins-0-title': 'Box' }, { id: '192.0.2.7' });
    expect(await modelOf('bin').findMany({})).toMatchObject([{ title: 'Box' }]);
  });

  it.each([
    [1000, false],
    [1001, true],
  ])(
    'that one may not see take no place from others: of %i seen ones, further ones: %s',
    async (count, isFurther) => {
      const { id } = await modelOf('host').create({ data: { id: '192.0.2.7', mask: '101' } });
      const many = (length: number, title: string) => Array.from({ length }, () => title);
      const titles = [...many(3, 'denied'), ...many(3, 'hidden'), ...many(count, 'Bin')];
      await modelOf('bin').createMany({ data: titles.map((title) => ({ title, hostId: id })) });
      const of = hostWithBins();
      const row = await readSnapshot(db, of, '192.0.2.7');
      const { views } = await inlineForms(of, row, { canChange: true, user: admin() });
      expect(views[0]?.lines).toHaveLength(1000);
      expect(views[0]?.lines.every(({ name }) => name === 'Bin')).toBe(true);
      expect(views[0]?.further !== null).toBe(isFurther);
    },
  );

  it('stay where they take along what one may not delete, whatever that is called', async () => {
    const whole = await add('shop.product', { ...FULL, name: 'Whole', code: '' });
    const part = await add('shop.product', { ...FULL, name: 'Part', parent: String(whole) });
    await modelOf('leaflet').create({ data: { productId: part } });
    const screens = everyTypeScreens('shop.product');
    const parts = {
      kind: 'tabular',
      model: 'shop.product',
      options: { fkName: 'parent' },
    } as const;
    const site = {
      find: (key: string) => {
        const found = screens.site.find(key);
        if (!found || key !== 'shop.leaflet') return found;
        const options = { ...found.options, hasDeletePermission: () => false };
        return { ...found, meta: { ...found.meta, verboseName: 'product' }, options };
      },
    };
    const options = { ...screens.options, inlines: [parts] };
    const of = { meta: screens.meta, options, site };
    const sent = { ...(await drawn(of, whole)), 'parts-0-DELETE': 'on' };
    expect(await sendOrder(of, sent, { id: whole })).toMatchObject({
      errors: { 'parts-0': ['It would take along what you may not delete: product.'] },
    });
  });

  it('of a one-to-one relation are one', async () => {
    const product = await add('shop.product', FULL);
    const screens = everyTypeScreens('shop.product');
    const leaflets = { kind: 'stacked', model: 'shop.leaflet', options: {} } as const;
    const options = { ...screens.options, fieldsets: [{ title: null, fields: ['name'] }] };
    const one = { ...screens, meta: screens.meta, options: { ...options, inlines: [leaflets] } };
    await savedOrder(one, await drawn(one, product), { id: product });
    expect(await modelOf('leaflet').count({ where: { productId: product } })).toBe(0);
    const sent = { ...(await drawn(one, product)), 'leaflet-0-text': 'Read me' };
    expect(sent).toMatchObject({ 'leaflet-TOTAL_FORMS': '1' });
    await savedOrder(one, sent, { id: product });
    expect(await modelOf('leaflet').count({ where: { productId: product } })).toBe(1);
    // Somebody whose form was drawn before it came.
    expect(await sendOrder(one, sent, { id: product })).toMatchObject({
      errors: { leaflet: ['Please submit at most 1 form.'] },
    });
  });
});

// Of the bins, those that are denied are kept back row by row, and those that are hidden by the query.
function hostWithBins(): ModelAdmin {
  const { meta, options, site } = everyTypeScreens('shop.host');
  const getQueryset = () => Prisma.sql`t.title <> 'hidden'`;
  const bins: Inline = {
    kind: 'tabular',
    model: 'shop.bin',
    options: { fields: ['title'], getQueryset },
  };
  const hasViewPermission = (_: unknown, row?: Row) => row?.['title'] !== 'denied';
  const find = (key: string) => {
    const found = site.find(key);
    return found && { ...found, options: { ...found.options, hasViewPermission } };
  };
  return { meta, options: { ...options, inlines: [bins] }, site: { find } };
}
