import type { ColumnMeta } from '@/lib/contrib/admin/form/values';
import { type FieldMeta, getField, type ModelMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { databaseProvider, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { ListColumn } from './columns';

/** A field to sort by. */
export type OrderTerm = { field: string; isDescending: boolean };

/** How a column takes part in the order: its place among the columns that do, from 1. */
export type SortedBy = { place: number; isDescending: boolean };

// What a row of another model is sorted by, the first of these that it has.
const NAMES = ['name', 'title', 'username'];

/**
 * The terms that a list is sorted by: the columns that `order` names by signed numbers from 1, then
 * what is declared. Numbers that name no sortable column are passed over. The id comes last unless a
 * unique field settles the order before it.
 * Django: ChangeList.get_ordering, _get_deterministic_ordering
 */
export function orderTerms(
  admin: ModelAdmin,
  columns: readonly ListColumn[],
  order: string | null,
): OrderTerm[] {
  const asked = order === null ? [] : parseOrder(columns, order).map(({ term }) => term);
  const declared = (admin.options.ordering ?? []).map(termOf);
  const isAsked = ({ field }: OrderTerm) => asked.some((term) => term.field === field);
  const terms = [...asked, ...declared.filter((term) => !isAsked(term))];
  const isSettled = terms.some(({ field }) => isTotal(admin.meta, field));
  return isSettled ? terms : [...terms, { field: 'id', isDescending: true }];
}

/**
 * By column number, from 0, how the columns take part in the order.
 * Django: ChangeList.get_ordering_field_columns
 */
export function sortedColumns(
  admin: ModelAdmin,
  columns: readonly ListColumn[],
  order: string | null,
): Map<number, SortedBy> {
  const sorted = new Map<number, SortedBy>();
  const add = (index: number, isDescending: boolean) => {
    if (!sorted.has(index)) sorted.set(index, { place: sorted.size + 1, isDescending });
  };
  if (order !== null) {
    for (const { index, isDescending } of parseOrder(columns, order)) add(index, isDescending);
    return sorted;
  }
  for (const { field, isDescending } of (admin.options.ordering ?? []).map(termOf)) {
    const index = columns.findIndex((column) => column.ordering?.replace(/^-/, '') === field);
    const column = columns[index];
    if (column) add(index, isDescending !== isReversed(column));
  }
  return sorted;
}

/**
 * The value of `o` that sorts by a column, from 0, before what is sorted by now; the other way round
 * if it is sorted by first already.
 * Django: result_headers, o_list_primary
 */
export function orderBy(index: number, sorted: ReadonlyMap<number, SortedBy>): string {
  const current = sorted.get(index);
  const turns = current?.place === 1;
  const isDescending = turns ? !current.isDescending : (current?.isDescending ?? false);
  const others = [...sorted].filter(([other]) => other !== index);
  const parts: (readonly [number, Pick<SortedBy, 'isDescending'>])[] = [
    [index, { isDescending }],
    ...others,
  ];
  return parts.map(([number, by]) => `${by.isDescending ? '-' : ''}${number + 1}`).join('.');
}

/** The terms for `ORDER BY`, on the table known as `t`. Throws TypeError for an unknown field. */
export function orderSql(meta: ModelMeta, terms: readonly OrderTerm[]): Prisma.Sql {
  const parts = terms.map(({ field, isDescending }) =>
    isDescending ? Prisma.sql`${orderColumn(meta, field)} DESC` : orderColumn(meta, field),
  );
  return Prisma.join(parts);
}

type Parsed = { index: number; isDescending: boolean; term: OrderTerm };

function parseOrder(columns: readonly ListColumn[], order: string): Parsed[] {
  const fields = new Set<string>();
  return order.split('.').flatMap((part) => {
    const match = /^(-?)(\d{1,3})$/.exec(part);
    const index = Number(match?.[2] ?? 0) - 1;
    const column = columns[index];
    if (!match || !column || column.ordering === null) return [];
    const isDescending = match[1] === '-';
    const field = column.ordering.replace(/^-/, '');
    if (fields.has(field)) return [];
    fields.add(field);
    const term = { field, isDescending: isDescending !== isReversed(column) };
    return [{ index, isDescending, term }];
  });
}

function termOf(text: string): OrderTerm {
  return { field: text.replace(/^-/, ''), isDescending: text.startsWith('-') };
}

function isReversed({ ordering }: ListColumn): boolean {
  return ordering?.startsWith('-') ?? false;
}

function isTotal(meta: ModelMeta, name: string): boolean {
  const field = getField(meta, name);
  return (
    field.kind === 'id' || ('isUnique' in field && field.isUnique === true && field.isRequired)
  );
}

function orderColumn(meta: ModelMeta, name: string): Prisma.Sql {
  const field = getField(meta, name);
  if (['manyToMany', 'reverse', 'json', 'bytes'].includes(field.kind) || !('column' in field)) {
    throw new TypeError(`${meta.key} cannot be sorted by ${name}.`);
  }
  const column = Prisma.sql`t.${identifier(field.column)}`;
  if (field.kind === 'enum') return enumOrder(field, column);
  const named = sortingName(field);
  if (!named) return column;
  return Prisma.sql`(
    SELECT o.${identifier(named.column)} FROM ${identifier(named.table)} AS o
    WHERE o.id = ${column})`;
}

/** The table and the column of the name by which a key to other rows is sorted; null where it is by none. */
export function sortingName(field: FieldMeta): { table: string; column: string } | null {
  const target = field.kind === 'foreignKey' && field.to.key ? modelMeta(field.to.key) : null;
  const named = target && NAMES.map((each) => target.fields.get(each)).find(Boolean);
  return target && named && 'column' in named
    ? { table: target.table, column: named.column }
    : null;
}

// PostgreSQL sorts an enum as it is declared, and SQLite, which has a text of it, would by its letters.
function enumOrder({ values = [] }: ColumnMeta, column: Prisma.Sql): Prisma.Sql {
  if (databaseProvider() !== 'sqlite') return column;
  const cases = values.map(([, stored], place) => Prisma.sql`WHEN ${stored} THEN ${place}`);
  return Prisma.sql`CASE ${column} ${Prisma.join(cases, ' ')} END`;
}
