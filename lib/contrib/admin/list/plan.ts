import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { searchCandidates } from '@/lib/contrib/admin/search/search-index';
import { Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { countAll, MOST_COUNTED, type RowCount, type RowSource, tableOf } from './count';
import type { ListCondition } from './list-condition';
import type { OrderTerm } from './ordering';
import { countSample, findFew, idsOfFew, isAmong, sorted } from './plans/found-rows';
import type { Slice } from './plans/read-ids';
import { walked } from './plans/walk';
import { fromNearerEnd } from './plans/whole-table';

/** The rows of a list, before it is known which page of them is wanted. */
export type Listed = {
  count: RowCount;
  /** The condition that leaves them. */
  where: Prisma.Sql;
  /** One that leaves the same, to be tested row after row along an index of something else. */
  test: Prisma.Sql;
  /** Ids of the rows from `offset` on, in the order of the terms, `limit` at most. */
  ids(terms: readonly OrderTerm[], slice: Slice): Promise<RowId[]>;
};

/**
 * Count the rows that a condition leaves, and choose how a page of them is read: all rows along an
 * index of the order, from the nearer end; few of them by finding them all and sorting; many by
 * walking in the order until the page is full.
 * Django: ChangeList.get_results
 */
export async function listRows(
  admin: ModelAdmin,
  condition: ListCondition,
  search: string,
): Promise<Listed> {
  const table: RowSource = { from: tableOf(admin), where: condition.where };
  if (!condition.isFiltered && !admin.options.getQueryset) {
    const count = await countAll(admin);
    return {
      count,
      ...{ where: condition.where, test: Prisma.sql`TRUE` },
      ids: (terms, slice) => fromNearerEnd(admin, terms, { ...slice, count: count.value }),
    };
  }
  const found = await foundBySearch(admin, condition, search, table);
  const sample = await countSample(admin, condition);
  const bySearch = search !== '' && !condition.hasFilters;
  const few = sample ? null : await findFew(admin.meta, found, { bySearch });
  if (few) {
    const ids: Listed['ids'] = async (terms, slice) =>
      few.count === 0 ? [] : idsOfFew(admin, few, terms, slice);
    const test = few.count === 0 ? Prisma.sql`FALSE` : isAmong(admin.meta, few.ids);
    const { where } = condition;
    return { count: { value: few.count, isExact: true }, where, test, ids };
  }
  const count = { value: MOST_COUNTED, isExact: false };
  return {
    count,
    where: condition.where,
    // Keeps the planner from any other index than that of what is looked for.
    test: Prisma.sql`(${condition.test}) IS TRUE`,
    ids: async (terms, slice) => {
      const ids = await walked(admin, condition.test, { terms, slice });
      return ids ?? sorted(admin, { ...found, limit: null }, { terms, slice });
    },
  };
}

async function foundBySearch(
  admin: ModelAdmin,
  { where, searchError, hasFilters }: ListCondition,
  search: string,
  table: RowSource,
): Promise<RowSource> {
  const candidates = searchError === null ? await searchCandidates(admin, search) : null;
  // A filter may leave few of many candidates, and has an index of its own.
  if (!candidates || (candidates.isMany && hasFilters)) return table;
  return { from: candidates.from, where: Prisma.sql`${candidates.where} AND ${where}` };
}
