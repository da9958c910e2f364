import { MOST_SELECTED } from '@/lib/contrib/admin/actions';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { findRows, strOf } from '@/lib/contrib/admin/rows';
import { db, Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { type Cell, cellsOf, columnsFor, columnsOf, type ListColumn } from './columns';
import { hasRows, type RowCount } from './count';
import { type DateHierarchy, dateHierarchy } from './date-hierarchy';
import { type ListEdits, listEdits } from './editable/edit-view';
import { type Facets, facetsOf, withFacets } from './facets';
import { type FilterSpec, filterSpecs } from './filters';
import { type ListCondition, listCondition } from './list-condition';
import { type ListQuery, parseListQuery } from './list-query';
import { orderTerms, type SortedBy, sortedColumns } from './ordering';
import { type Listed, listRows } from './plan';
import { digestOfIds, selectIds } from './selection';
import { withChosen } from './shown/chosen-columns';
import { type ListTab, listTabs } from './shown/list-tabs';
import { type RowMenu, rowMenus } from './shown/row-menus';

/**
 * One row of the list: its id, what people call it, its cells in the order of the columns, whether it is
 * pale, and which links of the menu are for it.
 */
export type ListRow = {
  id: RowId;
  str: string;
  cells: Cell[];
  isMuted: boolean;
  menu: readonly number[];
};

/** Why a list is empty: there are no rows, the user may see none of them, or none fits the query. */
export type Emptiness = 'nothing' | 'hidden' | 'filtered';

/**
 * A page of a model's rows, and all that is around it.
 * Django: contrib/admin/views/main.py ChangeList
 */
export type ChangeList = {
  query: ListQuery;
  columns: ListColumn[];
  /** By column number, from 0. */
  sorted: Map<number, SortedBy>;
  rows: ListRow[];
  /** The links that the menus of the rows have. */
  menu: RowMenu['links'];
  /** How many rows fit the query. */
  count: RowCount;
  page: number;
  pageCount: number;
  /** Whether there is a page after this one, or may be. */
  hasNext: boolean;
  /** Whether all of them stand on one page at the person's wish, or could. */
  showsAll: boolean;
  canShowAll: boolean;
  /** The `digestOfIds` of the rows on all pages, where an action may take them all at once. */
  listed: string | null;
  /** What is changed in the list itself; null where nothing is. */
  edits: ListEdits | null;
  /** The tabs above it; empty where it is not divided. */
  tabs: ListTab[];
  filters: FilterSpec[];
  facets: Facets;
  /** Years, months or days to narrow the list down by. */
  dates: DateHierarchy | null;
  isFiltered: boolean;
  searchError: string | null;
  emptiness: Emptiness | null;
};

const LIST_PER_PAGE = 100;
const LIST_MAX_SHOW_ALL = 200;

/**
 * The change list that a query asks for. Throws SuspiciousOperation for what nobody may filter by,
 * IncorrectLookup for what makes no sense. Ask `hasViewPermission` first.
 * Django: ModelAdmin.get_changelist_instance
 */
export async function getChangeList(
  screens: ModelAdmin,
  user: AdminUser,
  params: URLSearchParams,
): Promise<ChangeList> {
  const admin = await adminSeenBy(screens, user);
  const query = parseListQuery(params);
  const columns = withChosen(admin, await columnsFor(columnsOf(admin), user), query);
  const condition = await listCondition(admin, user, query);
  const listed = await listRows(admin, condition, query.search);
  const { count } = listed;
  const pages = pagesOf(admin, query, count);
  const ids = await listed.ids(orderTerms(admin, columns, query.order), pages.slice);
  // Where counting stopped before the end, only the page itself tells whether there is one.
  if (ids.length === 0 && query.page > 1 && !count.isExact) throw new IncorrectLookup();
  const rows = await findRows(db, admin.meta, ids);
  const filters = await filterSpecs(admin, query, { user, visible: condition.visible });
  const facets = facetsOf(admin, query);
  const cells = await cellsOf(columns, rows, user);
  const menus = await rowMenus(admin, rows, user);
  return {
    query,
    columns,
    sorted: sortedColumns(admin, columns, query.order),
    rows: rows.map((row, i) => ({
      id: row.id,
      str: strOf(admin, row),
      cells: cells[i] ?? [],
      isMuted: admin.options.isMuted?.(row) ?? false,
      menu: menus.ofRows[i] ?? [],
    })),
    menu: menus.links,
    count,
    page: pages.page,
    pageCount: pages.pageCount,
    hasNext: pages.page < pages.pageCount || (!count.isExact && ids.length === pages.slice.limit),
    showsAll: pages.showsAll,
    canShowAll: pages.canShowAll,
    listed: await digestOfAll(admin, listed, ids.length),
    filters: facets.isShown ? await withFacets(admin, user, filters) : filters,
    facets,
    tabs: await listTabs(admin, query, condition.visible),
    edits: await listEdits(admin, user, rows),
    dates: await dateHierarchy(admin, query, listed),
    isFiltered: condition.isFiltered,
    searchError: condition.searchError,
    emptiness: rows.length === 0 ? await emptinessOf(admin, condition) : null,
  };
}

function pagesOf({ options }: ModelAdmin, query: ListQuery, count: RowCount) {
  const perPage = options.listPerPage ?? LIST_PER_PAGE;
  const pageCount = Math.max(1, Math.ceil(count.value / perPage));
  const canShowAll = count.isExact && count.value <= (options.listMaxShowAll ?? LIST_MAX_SHOW_ALL);
  if (pageCount === 1 || (query.showAll && canShowAll)) {
    const slice = { limit: Math.max(count.value, perPage), offset: 0 };
    return { page: 1, pageCount: 1, showsAll: pageCount > 1, canShowAll, slice };
  }
  const { page } = query;
  const isPage = page >= 1 && (page <= pageCount || !count.isExact);
  const offset = (page - 1) * perPage;
  if (!isPage || offset > Number.MAX_SAFE_INTEGER) throw new IncorrectLookup();
  const slice = { limit: perPage, offset };
  return { page, pageCount, showsAll: false, canShowAll, slice };
}

async function digestOfAll(
  admin: ModelAdmin,
  { count, test }: Listed,
  shown: number,
): Promise<string | null> {
  if (!count.isExact || count.value === shown || count.value > MOST_SELECTED) return null;
  // Few that were found are not sought again.
  const ids = await selectIds(admin, { where: test, limit: MOST_SELECTED + 1 });
  return ids.length > MOST_SELECTED ? null : digestOfIds(ids);
}

async function emptinessOf(admin: ModelAdmin, condition: ListCondition): Promise<Emptiness> {
  if (condition.isFiltered && (await hasRows(admin, condition.visible))) return 'filtered';
  if (!admin.options.getQueryset) return 'nothing';
  return (await hasRows(admin, Prisma.sql`TRUE`)) ? 'hidden' : 'nothing';
}
