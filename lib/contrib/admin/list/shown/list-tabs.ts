import { countRows, type RowCount, tableOf } from '@/lib/contrib/admin/list/count';
import { changedQuery, type ListQuery } from '@/lib/contrib/admin/list/list-query';
import { getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/** A part of a list: what it is called, the query that shows it, and how many rows it has, if counted. */
export type ListTab = { label: string; query: string; isCurrent: boolean; count: RowCount | null };

/**
 * The tabs by which a list is divided: all rows, those with a yes, those with a no, of which alone it
 * is told how many there are, whatever is searched for. One statement, along the index of the column.
 * Django: no counterpart; a BooleanField in list_filter
 */
export async function listTabs(
  admin: ModelAdmin,
  { params, lookups }: ListQuery,
  visible: Prisma.Sql,
): Promise<ListTab[]> {
  const { listTabs: declared } = admin.options;
  if (!declared) return [];
  const field = getField(admin.meta, declared.field);
  if (field.kind !== 'boolean') {
    throw new TypeError(`${admin.meta.key} cannot be divided by ${field.name}.`);
  }
  const name = `${field.formName}__exact`;
  const current = lookups.get(name)?.at(-1) ?? null;
  const where = Prisma.sql`(${visible}) AND t.${identifier(field.column)} = ${false}`;
  const no = await countRows({ from: tableOf(admin), where });
  const tab = (label: string, value: string | null, count: RowCount | null = null): ListTab => ({
    label,
    query: changedQuery(params, { [name]: value }),
    isCurrent: current === value,
    count,
  });
  return [tab('All', null), tab(declared.yes, '1'), tab(declared.no, '0', no)];
}
