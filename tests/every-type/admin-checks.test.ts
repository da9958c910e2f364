import { describe, expect, it } from 'vitest';
import { withAdditions } from '@/lib/contrib/admin/additions';
import { checkScreens } from '@/lib/contrib/admin/checks';
import type { Inline, ModelAdmin } from '@/lib/contrib/admin/options';
import { everyTypeScreens } from '@/tests/support/every-type/forms';

function found(key: string, options: Partial<ModelAdmin['options']>): string[] {
  const screens = everyTypeScreens(key);
  const admin = { ...screens, meta: screens.meta, options: { ...screens.options, ...options } };
  return checkScreens(admin).map(({ id }) => id);
}

const inlines = (model: string, options: Inline['options'] = {}) => ({
  inlines: [{ kind: 'tabular', model, options } as const],
});

describe('the checks of declarations', () => {
  it.each([
    ['shop.line', {}, []],
    ['shop.line', { fields: ['quantity', 'order'] }, ['admin.E201']],
    ['shop.line', { fkName: 'product' }, ['admin.E202']],
    ['shop.label', {}, ['admin.E202']],
    [
      'shop.line',
      { extra: -1, maxNum: 1.5, minNum: Number.NaN },
      ['admin.E203', 'admin.E204', 'admin.E205'],
    ],
  ])('of an inline with %s and %j find %j', (model, options, ids) => {
    expect(found('shop.order', inlines(model, options))).toEqual(ids);
  });

  it.each([
    [{}, []],
    [{ listEditable: ['nothing'] }, ['admin.E121']],
    [{ listEditable: ['note'] }, ['admin.E122']],
    [{ listEditable: ['price'], listDisplayLinks: ['price'] }, ['admin.E123']],
    [{ listEditable: ['name'] }, ['admin.E124']],
    [{ listEditable: ['name'], listDisplayLinks: ['price'] }, []],
    [{ listEditable: ['picture'] }, ['admin.E125']],
    [{ listEditable: ['price'], readonlyFields: ['price'] }, ['admin.E125']],
  ])('of a list with %j find %j', (options, ids) => {
    const listed = { listDisplay: ['name', 'price', 'picture'], listEditable: ['price'] };
    expect(found('shop.product', { ...listed, ...options })).toEqual(ids);
  });
});

it('reach the inlines that another app adds', () => {
  const adds = inlines('shop.label');
  const added = withAdditions(everyTypeScreens('shop.order'), [{ model: 'shop.order', adds }]);
  expect(checkScreens(added).map(({ id }) => id)).toEqual(['admin.E202']);
});
