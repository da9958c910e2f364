import { isTrue } from '@/lib/contrib/admin/lookups/value-lookups';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { AdminUser, ListFilter, ModelAdmin, RangeFilter } from '@/lib/contrib/admin/options';
import type { Prisma } from '@/lib/db/client';
import type { RowCount } from './count';
import {
  type ChoiceCount,
  type ChoiceSearch,
  type Choices,
  dateChoices,
  relatedChoices,
  valueChoices,
} from './filter-choices';
import { changedQuery, type ListQuery } from './list-query';

/**
 * One choice of a filter: the query of the list with it, whether it is the one in force, and how many
 * rows it leaves, where these are counted.
 */
export type FilterChoice = { label: string; query: string; isSelected: boolean; count?: RowCount };

/**
 * A filter beside the list. The first choice leaves everything; `isActive` if it is another one.
 * `more` where not all choices are listed, `search` where they can be searched.
 */
export type FilterSpec = {
  title: string;
  choices: FilterChoice[];
  isActive: boolean;
  more: ChoiceCount | null;
  search: ChoiceSearch | null;
};

/** Whose list it is, and the condition on the rows, known as `t`, that they may see at all. */
type Viewer = { user: AdminUser; visible: Prisma.Sql; now?: Date };

/**
 * The filters beside a list, with what each would do to its query. They offer nothing of rows that the
 * person may not see, and one that leaves nothing to choose is left out.
 * Django: contrib/admin/filters.py, ChangeList.get_filters
 */
export async function filterSpecs(
  admin: ModelAdmin,
  query: ListQuery,
  viewer: Viewer,
): Promise<FilterSpec[]> {
  const specs: FilterSpec[] = [];
  for (const item of admin.options.listFilter ?? []) {
    const filter =
      typeof item === 'string'
        ? await fieldFilter(admin, getField(admin.meta, item), { query, ...viewer })
        : await declaredFilter(admin, item);
    if (filter.choices.length > 1 || filter.search?.value) specs.push(specOf(filter, query));
  }
  return specs;
}

type Filter = Choices & { title: string };

function specOf(
  { title, names, choices, more, search }: Filter,
  { params, lookups }: ListQuery,
): FilterSpec {
  const given = names.filter((name) => lookups.has(name));
  const own = search ? [...names, search.name] : names;
  const cleared = Object.fromEntries(own.map((name) => [name, null]));
  const all = choices.map(
    ({ label, sets }): FilterChoice => ({
      label,
      query: changedQuery(params, { ...cleared, ...sets }),
      isSelected:
        given.length === Object.keys(sets).length &&
        given.every((name) => isChosen(name, sets[name], lookups.get(name))),
    }),
  );
  return {
    title,
    choices: all,
    isActive: given.length > 0,
    more: more ?? null,
    search: search ?? null,
  };
}

function isChosen(name: string, wanted: string | undefined, given: readonly string[] = []) {
  const [value = ''] = given;
  if (wanted === undefined || given.length !== 1) return false;
  return name.endsWith('__isnull') ? isTrue(value) === isTrue(wanted) : value === wanted;
}

async function declaredFilter(
  { meta }: ModelAdmin,
  item: ListFilter | RangeFilter,
): Promise<Filter> {
  if (!('ranges' in item)) return customFilter(item);
  const { verboseName, formName } = getField(meta, item.field);
  const [since, until] = [`${formName}__gte`, `${formName}__lt`];
  const offered = item.ranges.map(({ label, from, to }) => ({
    label,
    sets: {
      ...(from !== undefined && { [since]: from }),
      ...(to !== undefined && { [until]: to }),
    },
  }));
  return {
    title: verboseName,
    names: [since, until],
    choices: [{ label: 'All', sets: {} }, ...offered],
  };
}

async function customFilter({ parameter, title, choices }: ListFilter): Promise<Filter> {
  const offered = (await choices()).map(([value, label]) => ({
    label,
    sets: { [parameter]: value },
  }));
  return { title, names: [parameter], choices: [{ label: 'All', sets: {} }, ...offered] };
}

async function fieldFilter(
  admin: ModelAdmin,
  field: FieldMeta,
  { query, user, visible, now = new Date() }: Viewer & { query: ListQuery },
): Promise<Filter> {
  const title = field.verboseName;
  switch (field.kind) {
    case 'foreignKey':
    case 'manyToMany':
      return { title, ...(await relatedChoices(admin, field, { query, user })) };
    case 'reverse':
    case 'json':
    case 'bytes':
    case 'unsupported':
      throw new TypeError(`${admin.meta.key} cannot be filtered by ${field.name}.`);
    case 'datetime':
    case 'date':
      return { title, ...dateChoices(field, now) };
    default:
      return { title, ...(await valueChoices(admin, field, { query, visible })) };
  }
}
