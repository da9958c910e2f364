import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import {
  assertLookupAllowed,
  type ConditionForm,
  lookupCondition,
} from '@/lib/contrib/admin/lookups/lookups';
import { anyOf } from '@/lib/contrib/admin/lookups/value-lookups';
import type { AdminUser, ListFilter, ModelAdmin } from '@/lib/contrib/admin/options';
import { searchCondition, searchError } from '@/lib/contrib/admin/search/search';
import { Prisma } from '@/lib/db/client';
import { periodOf } from './date-periods';
import type { ListQuery } from './list-query';

/** Conditions on the rows of the table, known as `t`. */
export type ListCondition = {
  /** What the user may see at all. */
  visible: Prisma.Sql;
  /** What of it the query leaves. */
  where: Prisma.Sql;
  /** The same, written for testing row after row. */
  test: Prisma.Sql;
  isFiltered: boolean;
  /** Whether there is more to it than a search. */
  hasFilters: boolean;
  /** Why the search was left aside; null if it was not. */
  searchError: string | null;
};

// One statement takes at most 32,766 values on SQLite.
const MAX_VALUES = 2000;

/**
 * The conditions that search and filters of a query put on the rows. Throws SuspiciousOperation for
 * what nobody may filter by, IncorrectLookup for what makes no sense.
 * Django: ChangeList.get_queryset
 */
export async function listCondition(
  admin: ModelAdmin,
  user: AdminUser,
  query: ListQuery,
): Promise<ListCondition> {
  const visible = (await admin.options.getQueryset?.(user)) ?? Prisma.sql`TRUE`;
  const filters = filterConditions(admin, query, 'find');
  const error = searchError(query.search);
  const search = error === null ? await foundBy(admin, user, query.search) : null;
  const all = (conditions: Prisma.Sql[]) =>
    Prisma.join([Prisma.sql`(${visible})`, ...conditions, ...(search ? [search] : [])], ' AND ');
  return {
    visible,
    where: all(filters),
    test: all(filterConditions(admin, query, 'test')),
    isFiltered: filters.length > 0 || search !== null,
    hasFilters: filters.length > 0 || admin.options.getQueryset !== undefined,
    searchError: error,
  };
}

async function foundBy(
  admin: ModelAdmin,
  user: AdminUser,
  search: string,
): Promise<Prisma.Sql | null> {
  const found = searchCondition(admin, search);
  const further = found && (await admin.options.searchFurther?.(search, user));
  return further ? Prisma.sql`((${found}) OR ${further})` : found;
}

/** The filters of a model that are no field, by their parameter. */
function customFilters({ options }: ModelAdmin): Map<string, ListFilter> {
  const custom = (options.listFilter ?? []).flatMap((item) =>
    typeof item === 'string' || 'ranges' in item ? [] : [item],
  );
  return new Map(custom.map((filter) => [filter.parameter, filter]));
}

function filterConditions(
  admin: ModelAdmin,
  { lookups }: ListQuery,
  form: ConditionForm,
): Prisma.Sql[] {
  const custom = customFilters(admin);
  for (const key of lookups.keys()) {
    if (!custom.has(key)) assertLookupAllowed(admin, key);
  }
  const values = [...lookups.values()].flatMap((each) => each.flatMap((text) => text.split(',')));
  if (values.length > MAX_VALUES) throw new IncorrectLookup();
  const period = periodOf(admin, lookups);
  const others = [...lookups].filter(([key]) => !period?.names.includes(key));
  const conditions = others.map(([key, given]) => {
    const filter = custom.get(key);
    return filter ? customCondition(filter, given) : lookupCondition(admin.meta, key, given, form);
  });
  return period ? [...conditions, period.condition] : conditions;
}

function customCondition(filter: ListFilter, values: readonly string[]): Prisma.Sql {
  return anyOf(
    values.map((value) => {
      const condition = filter.condition(value);
      if (!condition) throw new IncorrectLookup();
      return Prisma.sql`(${condition})`;
    }),
  );
}
