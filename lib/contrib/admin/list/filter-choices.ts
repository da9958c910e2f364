import { settings } from '@/lib/conf/settings';
import { type ColumnMeta, columnText, storedValue } from '@/lib/contrib/admin/form/values';
import { dayOf, formatDateTime, startOfDay } from '@/lib/contrib/admin/lookups/calendar';
import { type FieldMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { findRows, strOf, visibleAmong } from '@/lib/contrib/admin/rows';
import { searchCondition, searchError } from '@/lib/contrib/admin/search/search';
import { visibleText } from '@/lib/core/text';
import { db, Prisma } from '@/lib/db/client';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import { columnsOf } from './columns';
import { countRows, type RowCount, tableOf } from './count';
import { FIND_PREFIX, type ListQuery } from './list-query';
import { orderSql, orderTerms } from './ordering';
import { listRows } from './plan';
import { storedValues } from './plans/stored-values';
import { selectIds } from './selection';

/** Names of the query that a choice sets; those of the filter that it does not name are left out. */
type Choice = { label: string; sets: Record<string, string> };

/** How many choices are listed, of how many that there are. */
export type ChoiceCount = { shown: number; total: RowCount };

/** The name in the query by which choices are searched, and for what they are now; '' for nothing. */
export type ChoiceSearch = { name: string; value: string };

/** What a filter offers, and the names of the query that are its own. */
export type Choices = {
  names: readonly string[];
  choices: readonly Choice[];
  /** Where there are more choices than are listed. */
  more?: ChoiceCount | null;
  search?: ChoiceSearch | null;
};

/** A field with a column of its own. */
type ColumnField = ColumnMeta;

/** A field that refers to rows of another model. */
type RelationField = Extract<FieldMeta, { kind: 'foreignKey' } | { kind: 'manyToMany' }>;

const MOST_CHOICES = 100;

/**
 * The rows at the other end of a relation that the user may see at all, a hundred at most, and none;
 * nothing where that leaves nothing to choose. Of more they are searched, and the one in force is
 * among them.
 * Django: RelatedFieldListFilter, which lists all
 */
export async function relatedChoices(
  admin: ModelAdmin,
  field: RelationField,
  { query, user }: { query: ListQuery; user: AdminUser },
): Promise<Choices> {
  const exact = `${field.formName}__id__exact`;
  const isnull = `${field.formName}__isnull`;
  const names = [exact, isnull];
  if (field.to.key === null) return { names, choices: [] };
  const meta = modelMeta(field.to.key);
  const target = admin.site.find(field.to.key) ?? { ...admin, meta, options: {} };
  const search = searchOf(field, query);
  const visible = (await target.options.getQueryset?.(user)) ?? Prisma.sql`TRUE`;
  const where = Prisma.sql`(${visible}) AND ${relatedCondition(target, search.value)}`;
  const { listed, total } = await offeredRows(target, { where, search: search.value });
  const ids = listed.slice(0, MOST_CHOICES);
  const chosen = (query.lookups.get(exact) ?? []).flatMap((text) => parseRowId(text, meta) ?? []);
  const seen = await visibleAmong(target, chosen, user);
  const rows = await findRows(db, meta, [...new Set([...seen, ...ids])]);
  const canBeEmpty = field.kind === 'manyToMany' || !field.isRequired;
  const offered = rows.map((row) => ({
    label: strOf(target, row),
    sets: { [exact]: String(row.id) },
  }));
  const empty = canBeEmpty ? [{ label: 'None', sets: { [isnull]: 'True' } }] : [];
  const isShort = listed.length <= MOST_CHOICES;
  // With "None" alone, or one row that all have, there is nothing to choose.
  if (isShort && search.value === '' && offered.length + empty.length < 2) {
    return { names, choices: [] };
  }
  return {
    names,
    choices: [{ label: 'All', sets: {} }, ...offered, ...empty],
    more: isShort ? null : { shown: rows.length, total: await total() },
    search: (isShort && search.value === '') || target.areNamesHidden ? null : search,
  };
}

/** Ids of rows to choose from, one more than are listed, and how many there are. */
type Offered = { listed: RowId[]; total(): Promise<RowCount> };

// Searched for as in their own list: a table of a million has an index for that.
async function offeredRows(
  target: ModelAdmin,
  { where, search }: { where: Prisma.Sql; search: string },
): Promise<Offered> {
  const terms = orderTerms(target, columnsOf(target), null);
  const limit = MOST_CHOICES + 1;
  if (search === '' || target.areNamesHidden) {
    const order = orderSql(target.meta, terms);
    const listed = await selectIds(target, { where, order, limit });
    return { listed, total: () => countRows({ from: tableOf(target), where }) };
  }
  const condition = { where, test: where, visible: where, isFiltered: true, searchError: null };
  const hasFilters = target.options.getQueryset !== undefined;
  const rows = await listRows(withSearchFields(target), { ...condition, hasFilters }, search);
  return { listed: await rows.ids(terms, { limit, offset: 0 }), total: async () => rows.count };
}

// Where none are declared, a row is searched by its name.
function withSearchFields(target: ModelAdmin): ModelAdmin {
  const { meta, options } = target;
  const named = [...meta.fields.values()].filter(({ name }) => name === meta.nameField);
  const searchFields = options.searchFields ?? named.map(({ name }) => name);
  return { ...target, meta, options: { ...options, searchFields } };
}

// Names that a person may not read are not found by them either.
function relatedCondition(target: ModelAdmin, text: string): Prisma.Sql {
  if (text === '' || target.areNamesHidden) return Prisma.sql`TRUE`;
  if (searchError(text) !== null) return Prisma.sql`FALSE`;
  return searchCondition(withSearchFields(target), text) ?? Prisma.sql`TRUE`;
}

function searchOf({ formName }: FieldMeta, { params }: ListQuery): ChoiceSearch {
  const name = FIND_PREFIX + formName;
  return { name, value: (params.getAll(name).at(-1) ?? '').trim() };
}

/**
 * The periods up to today in the site's time zone, and where the field may be empty, whether it is.
 * Django: DateFieldListFilter
 */
export function dateChoices(field: ColumnField, now: Date): Choices {
  const [since, until] = [`${field.formName}__gte`, `${field.formName}__lt`];
  const isnull = `${field.formName}__isnull`;
  const zone = settings.TIME_ZONE;
  const today = dayOf(now, zone);
  const { year, month, day } = today;
  const tomorrow = { ...today, day: day + 1 };
  const periods = [
    ['Today', today, tomorrow],
    ['Past 7 days', { ...today, day: day - 7 }, tomorrow],
    ['This month', { ...today, day: 1 }, { year, month: month + 1, day: 1 }],
    ['This year', { year, month: 1, day: 1 }, { year: year + 1, month: 1, day: 1 }],
  ] as const;
  const text = (start: typeof today) =>
    field.kind === 'date'
      ? startOfDay(start, 'UTC').toISOString().slice(0, 10)
      : formatDateTime(startOfDay(start, zone), zone);
  const dated = periods.map(([label, start, end]) => ({
    label,
    sets: { [since]: text(start), [until]: text(end) },
  }));
  const empty = [
    { label: 'No date', sets: { [isnull]: 'True' } },
    { label: 'Has date', sets: { [isnull]: 'False' } },
  ];
  return {
    names: field.isRequired ? [since, until] : [since, until, isnull],
    choices: [{ label: 'Any date', sets: {} }, ...dated, ...(field.isRequired ? [] : empty)],
  };
}

/**
 * Yes and no, the declared choices, or the values that are stored in the rows that `visible` leaves,
 * a hundred at most; of more they are searched, and the one in force is among them.
 * Django: BooleanFieldListFilter, ChoicesFieldListFilter, AllValuesFieldListFilter
 */
export async function valueChoices(
  admin: ModelAdmin,
  field: ColumnField,
  { query, visible }: { query: ListQuery; visible: Prisma.Sql },
): Promise<Choices> {
  const isOpen = field.kind !== 'boolean' && field.choices === null;
  const exact = isOpen ? field.formName : `${field.formName}__exact`;
  const isnull = `${field.formName}__isnull`;
  const stored = isOpen ? await openChoices(admin, field, { exact, query, visible }) : null;
  const values = stored?.values ?? choicesOf(field);
  const offered = values.map(([value, label]) => ({ label, sets: { [exact]: String(value) } }));
  const empty = field.isRequired ? [] : [{ label: 'None', sets: { [isnull]: 'True' } }];
  return {
    names: [exact, isnull],
    choices: [{ label: 'All', sets: {} }, ...offered, ...empty],
    more: stored?.more ?? null,
    search: stored?.search ?? null,
  };
}

type Labelled = readonly (readonly [value: string | number, label: string])[];

function choicesOf(field: ColumnField): Labelled {
  const { kind, choices } = field;
  if (kind === 'enum') {
    return (choices ?? []).map(([name, label]) => [storedValue(field, name), label]);
  }
  if (kind !== 'boolean') return choices ?? [];
  return [
    [1, 'Yes'],
    [0, 'No'],
  ];
}

async function openChoices(
  { meta }: ModelAdmin,
  field: ColumnField,
  { exact, query, visible }: { exact: string; query: ListQuery; visible: Prisma.Sql },
): Promise<Pick<Choices, 'more' | 'search'> & { values: Labelled }> {
  const search = searchOf(field, query);
  const asked = { table: meta.table, field, visible, search: search.value };
  const stored = await storedValues(asked, MOST_CHOICES + 1);
  const listed = stored.values.slice(0, MOST_CHOICES).map((value) => columnText(field, value));
  const chosen = query.lookups.get(exact)?.slice(0, 1) ?? [];
  const values = [...new Set([...chosen, ...listed])].map(
    (text) => [text, visibleText(text)] as const,
  );
  const isShort = stored.values.length <= MOST_CHOICES;
  if (isShort) return { values, more: null, search: search.value === '' ? null : search };
  return { values, more: { shown: values.length, total: stored.total }, search };
}
