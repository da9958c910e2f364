import { describe, expect, expectTypeOf, it } from 'vitest';
import { APPS } from '@/lib/apps/declared';
import {
  type AppDeclaration,
  defineApp,
  type PermissionNamesOf,
  permissionsOf,
  verboseNamePlural,
} from '@/lib/apps/define-app';
import { isPermissionName, PERMISSION_NAMES, type PermissionName } from '@/lib/apps/installed';

const shop = defineApp({
  label: 'shop',
  verboseName: 'Shop',
  models: {
    product: { verboseName: 'fancy product', permissions: [['price_product', 'Can set a price']] },
    receipt: { verboseName: 'receipt', defaultPermissions: ['view'] },
    basket: { verboseName: 'basket', defaultPermissions: [] },
    box: { verboseName: 'box', verboseNamePlural: 'boxes' },
  },
});

describe('defineApp', () => {
  it('gives a union of the names of its permissions, no more and no fewer', () => {
    expectTypeOf<PermissionNamesOf<typeof shop>>().toEqualTypeOf<
      | 'shop.add_product'
      | 'shop.change_product'
      | 'shop.delete_product'
      | 'shop.view_product'
      | 'shop.price_product'
      | 'shop.view_receipt'
      | 'shop.add_box'
      | 'shop.change_box'
      | 'shop.delete_box'
      | 'shop.view_box'
    >();
  });
});

it('the apps have names of their own, by which pages tell them apart', () => {
  const names = APPS.map(({ verboseName }) => verboseName);
  expect(names).toEqual([...new Set(names)]);
});

describe('PermissionName', () => {
  it('does not compile when it is misspelt', () => {
    const name: PermissionName = 'articles.publish_article';
    // @ts-expect-error There is no such permission.
    const misspelt: PermissionName = 'articles.publish_artcile';
    expect([isPermissionName(name), isPermissionName(misspelt)]).toEqual([true, false]);
  });

  it('names the same permissions as the list made at run time', () => {
    const all = APPS.flatMap((app: AppDeclaration) =>
      Object.entries(app.models).flatMap(([model, declaration]) =>
        permissionsOf(model, declaration),
      ),
    );
    expect(PERMISSION_NAMES.size).toBe(all.length);
    expect(PERMISSION_NAMES).toContain('sessions.view_session' satisfies PermissionName);
  });
});

describe('permissionsOf', () => {
  it('lists the built-in permissions first, with the verbose name in their labels', () => {
    expect(permissionsOf('product', shop.models.product)).toEqual([
      ['add_product', 'Can add fancy product'],
      ['change_product', 'Can change fancy product'],
      ['delete_product', 'Can delete fancy product'],
      ['view_product', 'Can view fancy product'],
      ['price_product', 'Can set a price'],
    ]);
  });

  it('can be shortened and emptied', () => {
    expect(permissionsOf('receipt', shop.models.receipt)).toHaveLength(1);
    expect(permissionsOf('basket', shop.models.basket)).toEqual([]);
  });
});

describe('verboseNamePlural', () => {
  it('adds an s unless told otherwise', () => {
    expect(verboseNamePlural(shop.models.receipt)).toBe('receipts');
    expect(verboseNamePlural(shop.models.box)).toBe('boxes');
  });
});
