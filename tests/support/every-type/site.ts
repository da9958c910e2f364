import type { ModelKey } from '@/lib/apps/installed';
import { type ModelMeta, modelMeta } from '@/lib/contrib/admin/meta';
import { adminOf, type ModelAdmin } from '@/lib/contrib/admin/options';
import { AdminSite } from '@/lib/contrib/admin/sites';
import { type DbClient, db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';
import { MADE } from './project.mjs';

type Args = Readonly<Record<string, unknown>>;
type Found = Record<string, unknown>;

/** As much of a Prisma delegate as these tests use: the compiler knows no model of the fixture. */
type Loose = {
  create(args: Args): Promise<Found>;
  createMany(args: Args): Promise<{ count: number }>;
  findMany(args?: Args): Promise<Found[]>;
  findUniqueOrThrow(args: Args): Promise<Found>;
  update(args: Args): Promise<Found>;
  upsert(args: Args): Promise<Found>;
  count(args?: Args): Promise<number>;
  deleteMany(args?: Args): Promise<{ count: number }>;
  aggregate(args: Args): Promise<Record<string, Found>>;
};

/** The delegate of a model of the fixture, by its name in the client: `product`. */
export function modelOf(name: string, client: DbClient = db): Loose {
  return Reflect.get(client, name) as Loose;
}

/** A database with the tables of the fixture; `beforeAll(everyTypeDatabase)` ends it after the tests. */
export async function everyTypeDatabase(): Promise<() => Promise<void>> {
  const former = process.cwd();
  process.chdir(MADE);
  try {
    return await freshDatabase();
  } finally {
    process.chdir(former);
  }
}

const FIELDS = [
  'name',
  'code',
  'note',
  'motto',
  'stock',
  'shelf',
  'serial',
  'weight',
  'price',
  'budget',
  'total',
  'isOnline',
  'isTested',
  'listed',
  'whole',
  'born',
  'opens',
  'modified',
  'details',
  'options',
  'picture',
  'status',
  'last',
  'token',
  'address',
  'mask',
  'flags',
  'circle',
  'parent',
];

/** The screens of the fixture's models; of the last one there are none. */
export function everyTypeSite(): AdminSite {
  const admin = (key: string, options: ModelAdmin['options']) =>
    adminOf(metaOf(key), options as Parameters<typeof adminOf>[1]);
  return new AdminSite([
    admin('shop.product', {
      listDisplay: FIELDS,
      listFilter: ['status', 'price', 'born', 'isTested', 'serial', 'token', 'opens', 'categories'],
      searchFields: ['name', 'token', 'code', 'address', 'price', 'parent__name'],
      ordering: ['price'],
      fieldsets: [{ title: null, fields: [...FIELDS, 'categories', 'labels', 'similar'] }],
    }),
    admin('shop.category', { ordering: ['title'], searchFields: ['title'] }),
    admin('shop.label', {}),
    admin('shop.leaflet', {}),
    admin('shop.order', { autocompleteFields: [], listDisplay: ['id', 'number', 'placed'] }),
    admin('shop.line', {}),
    admin('shop.host', { searchFields: ['id', 'mask'] }),
    admin('shop.bin', { fieldsets: [{ title: null, fields: ['title', 'host'] }] }),
    admin('crm.order', { fieldsets: [{ title: null, fields: ['title', 'products'] }] }),
  ]);
}

/** What the admin knows of a model of the fixture. */
export function metaOf(key: string): ModelMeta {
  return modelMeta(key as ModelKey);
}
