import { beforeAll, describe, expect, it } from 'vitest';
import { type AppDeclaration, defineApp } from '@/lib/apps/define-app';
import { installedApps } from '@/lib/apps/installed';
import {
  createPermissions,
  stalePermissions,
} from '@/lib/contrib/auth/management/create-permissions';
import { createContentTypes, staleContentTypes } from '@/lib/contrib/contenttypes/management';
import { getContentType } from '@/lib/contrib/contenttypes/models';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';

const shop = defineApp({
  label: 'shop',
  verboseName: 'Shop',
  models: {
    product: {
      verboseName: 'fancy product',
      permissions: [['price_product', 'Can set the price']],
    },
    receipt: { verboseName: 'receipt', defaultPermissions: ['view'] },
    basket: { verboseName: 'basket', defaultPermissions: [] },
  },
});

beforeAll(freshDatabase);

function permissionsOfApp(appLabel: string) {
  return db.permission.findMany({ where: { contentType: { appLabel } }, orderBy: { id: 'asc' } });
}

describe('createContentTypes', () => {
  it("makes Django's six in Django's order, and ours after them", async () => {
    const rows = await db.contentType.findMany({ orderBy: { id: 'asc' } });
    const made = rows.map((row) => `${row.appLabel}.${row.model}`);
    expect(made).toHaveLength(
      installedApps().flatMap((app: AppDeclaration) => Object.keys(app.models)).length,
    );
    expect(made.slice(0, 6)).toEqual([
      'admin.logentry',
      'auth.permission',
      'auth.group',
      'auth.user',
      'contenttypes.contenttype',
      'sessions.session',
    ]);
  });

  it('makes nothing a second time', async () => {
    expect(await createContentTypes()).toEqual([]);
  });

  it('makes one for a model that has no permission', async () => {
    await createPermissions([shop]);
    expect(await getContentType('shop', 'basket')).toMatchObject({ model: 'basket' });
    expect(await getContentType('shop', 'nothing')).toBeNull();
  });
});

describe('createPermissions', () => {
  it("makes Django's twenty-four with Django's labels, in Django's order", async () => {
    const rows = await db.permission.findMany({
      where: { contentType: { appLabel: { in: ['admin', 'auth', 'contenttypes', 'sessions'] } } },
      orderBy: { id: 'asc' },
    });
    expect(rows).toHaveLength(24);
    expect(rows.slice(0, 4).map((row) => [row.codename, row.name])).toEqual([
      ['add_logentry', 'Can add log entry'],
      ['change_logentry', 'Can change log entry'],
      ['delete_logentry', 'Can delete log entry'],
      ['view_logentry', 'Can view log entry'],
    ]);
  });

  it('labels with the verbose name, builds codenames from the model name, and puts custom ones last', async () => {
    await createPermissions([shop]);
    const rows = await permissionsOfApp('shop');
    expect(rows.map((row) => [row.codename, row.name])).toEqual([
      ['add_product', 'Can add fancy product'],
      ['change_product', 'Can change fancy product'],
      ['delete_product', 'Can delete fancy product'],
      ['view_product', 'Can view fancy product'],
      ['price_product', 'Can set the price'],
      ['view_receipt', 'Can view receipt'],
    ]);
  });

  it('makes nothing a second time', async () => {
    expect(await createPermissions()).toEqual([]);
  });

  it('keeps a label that somebody edited and brings back a deleted row', async () => {
    const contentType = await getContentType('auth', 'group');
    const where = { contentTypeId: contentType?.id ?? 0 };
    await db.permission.updateMany({
      where: { ...where, codename: 'add_group' },
      data: { name: 'May found' },
    });
    await db.permission.deleteMany({ where: { ...where, codename: 'view_group' } });
    expect(await createPermissions()).toEqual([
      { appLabel: 'auth', model: 'group', codename: 'view_group' },
    ]);
    const names = (await permissionsOfApp('auth')).map((row) => row.name);
    expect(names).toContain('May found');
    expect(names).toContain('Can view group');
  });

  it('lets the database refuse the same codename twice for one model', async () => {
    const contentType = await getContentType('auth', 'user');
    const data = { contentTypeId: contentType?.id ?? 0, codename: 'add_user', name: 'Again' };
    await expect(db.permission.create({ data })).rejects.toMatchObject({ code: 'P2002' });
  });
});

describe('staleContentTypes and stalePermissions', () => {
  it('report what no declaration names any more, and delete nothing', async () => {
    await createPermissions([shop]);
    const smaller = { ...shop, models: { product: { verboseName: 'fancy product' } } };
    const before = await db.permission.count();
    await createPermissions([smaller]);
    expect(await staleContentTypes([smaller])).toMatchObject([
      { appLabel: 'shop', model: 'basket', permissionCount: 0 },
      { appLabel: 'shop', model: 'receipt', permissionCount: 1 },
    ]);
    expect(await stalePermissions([smaller])).toEqual([
      { appLabel: 'shop', model: 'product', codename: 'price_product' },
    ]);
    expect(await db.permission.count()).toBe(before);
  });

  it('leave apps alone that are not installed here', async () => {
    await createPermissions([shop]);
    expect(await staleContentTypes()).toEqual([]);
    expect(await stalePermissions()).toEqual([]);
  });
});
