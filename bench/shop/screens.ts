import type { ModelKey } from '@/lib/apps/installed';
import { allConfigs, populate } from '@/lib/apps/registry';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { adminOf, type ModelAdmin } from '@/lib/contrib/admin/options';
import { AdminSite } from '@/lib/contrib/admin/sites';
import type { ListedTable } from '@/lib/db/migrations/list-script';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

/** What a product declares of its long tables, as auth does of its users. */
const LONG: readonly ListedTable[] = [
  {
    table: 'shop_product',
    id: 'id',
    name: 'name',
    texts: ['name'],
    flags: ['is_tested'],
    further: { born: ['born', 'id'], price: ['price', 'id'], status: ['status', 'id'] },
  },
];

/** Indexes of the columns that lead to other rows. */
export const KEYS = [
  'CREATE INDEX IF NOT EXISTS shop_line_order ON shop_line (order_id)',
  'CREATE INDEX IF NOT EXISTS shop_line_product ON shop_line (product_id)',
  'CREATE INDEX IF NOT EXISTS shop_product_parent ON shop_product (parent_id)',
];

/** The screens that are measured. */
export function shopSite(): AdminSite {
  populate([...allConfigs(), { label: 'shop', listedTables: LONG.map((table) => () => table) }]);
  const admin = (key: string, options: ModelAdmin['options']) =>
    adminOf(modelMeta(key as ModelKey), options);
  return new AdminSite([
    admin('shop.product', {
      listDisplay: ['name', 'price', 'born', 'status', 'isTested', 'parent'],
      listFilter: ['status', 'isTested', 'born', 'price', 'categories', 'parent'],
      searchFields: ['name'],
      ordering: ['name'],
      dateHierarchy: 'born',
    }),
    admin('shop.category', { ordering: ['title'], searchFields: ['title'] }),
    admin('shop.order', { ordering: ['number'], searchFields: ['number'] }),
    admin('shop.line', {
      listDisplay: ['order', 'product', 'quantity', 'price'],
      listFilter: ['order'],
    }),
  ]);
}
