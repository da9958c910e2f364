import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { ActionCall, ModelAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import { exportSelected } from '@/lib/extras/export/export-selected';
import type { RowId } from '@/lib/forms/row-id';
import { everyTypeScreens } from './forms';
import { lineInline } from './orders';
import { metaOf, modelOf } from './site';

/** Who may change one product only, and how that one is called. */
export const ONE = { username: 'changes-one', product: 'Open 1' };

type Said = Partial<ModelAdmin['options']>;

function screens(key: string, said: Said): ModelAdmin {
  const found = everyTypeScreens(key);
  return { ...found, meta: found.meta, options: { ...found.options, ...said } };
}

const markSent = {
  name: 'mark_sent',
  label: 'Mark as sent',
  permission: 'change',
  async run({ request, ids, tx }: ActionCall<RowId>) {
    const products = modelOf('product', tx);
    for (const id of ids) await products.update({ where: { id }, data: { status: 'SENT' } });
    const messages = [{ changed: { fields: ['Status'] } }];
    const entries = ids.map((id) => ({
      flag: ACTION_FLAGS.change,
      object: { id, repr: String(id) },
      messages,
    }));
    await logActions(tx, request.user, metaOf('shop.product'), entries);
    return { level: 'success' as const, text: `Marked ${ids.length}.` };
  },
};

/**
 * Screens with all that a list and a form may have. Of products everybody but superusers sees only those
 * that are not called "Zebra …".
 */
export function servedScreens(): ModelAdmin[] {
  return [
    screens('shop.product', {
      listDisplay: ['name', 'price', 'born', 'status', 'parent'],
      listFilter: ['status', 'name', 'parent', 'born', 'price', 'categories'],
      searchFields: ['name', 'parent__name'],
      listEditable: ['price', 'born', 'status'],
      dateHierarchy: 'born',
      rawIdFields: ['parent'],
      saveAs: true,
      fieldsets: [
        {
          title: null,
          fields: ['name', 'note', 'price', 'born', 'status', 'parent', 'categories'],
        },
      ],
      getQueryset: ({ isSuperuser }) =>
        isSuperuser ? Prisma.sql`TRUE` : Prisma.sql`t.name NOT LIKE 'Zebra%'`,
      hasChangePermission: (user, row) =>
        user.getUsername() !== ONE.username || row === undefined || row['name'] === ONE.product,
      actions: [markSent],
      fileActions: [exportSelected],
    }),
    screens('shop.category', {}),
    screens('shop.leaflet', { listDisplay: ['id', 'text', 'product'], listFilter: ['product'] }),
    screens('shop.order', {
      listFilter: ['placed'],
      dateHierarchy: 'placed',
      inlines: [lineInline({ autocompleteFields: [], showChangeLink: true })],
      fieldsets: [{ title: null, fields: ['number'] }],
    }),
    screens('shop.line', {
      listDisplay: ['order', 'product', 'quantity', 'price'],
      listFilter: ['product', 'order'],
      autocompleteFields: ['product'],
      searchFields: ['product__name'],
    }),
  ];
}
