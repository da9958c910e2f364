import type { ReactNode } from 'react';
import { displayValue } from '@/lib/contrib/admin/form/display';
import { type FieldMeta, getField, modelMeta } from '@/lib/contrib/admin/meta';
import type { Column, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { capfirst, isInvisible } from '@/lib/core/text';

/** What one cell shows; `empty` is a value that is not there. */
export type Cell =
  | { kind: 'boolean'; value: boolean }
  | { kind: 'datetime'; value: Date }
  | { kind: 'text'; value: string }
  | { kind: 'node'; value: ReactNode }
  | { kind: 'empty' };

/** A column of the change list. */
export type ListColumn = {
  name: string;
  label: string;
  /** Whether its cells lead to the row. */
  isLink: boolean;
  /** The field whose values sort the column, `-` before it if the other way round; null for none. */
  ordering: string | null;
  cellOf(row: Row): Cell;
};

const EMPTY: Cell = { kind: 'empty' };

/**
 * The columns of a model's change list, as declared, or one with what people call a row. Throws
 * TypeError for a declared field that the model lacks or that has several values.
 * Django: ModelAdmin.get_list_display, get_list_display_links
 */
export function columnsOf(admin: ModelAdmin): ListColumn[] {
  const { listDisplay, listDisplayLinks } = admin.options;
  const columns = listDisplay?.map((item) => columnOf(admin, item)) ?? [nameColumn(admin)];
  const links = listDisplayLinks ?? columns.slice(0, 1).map(({ name }) => name);
  const { emptyValueDisplay } = admin.options;
  return columns.map((column) => ({
    ...column,
    isLink: links.includes(column.name),
    ...(emptyValueDisplay !== undefined && {
      cellOf: (row: Row) => orText(column.cellOf(row), emptyValueDisplay),
    }),
  }));
}

/**
 * What a field of a row shows: choices by their label, a foreign key by what people call its row.
 * Django: contrib/admin/utils.py display_for_field
 */
export function fieldCell(admin: ModelAdmin, field: FieldMeta, row: Row): Cell {
  const value = row[field.name];
  if (value === null || value === undefined || value === '') return EMPTY;
  if (field.kind === 'foreignKey') return text(relatedText(admin, field, value as Row));
  if ('choices' in field && field.choices) {
    const choice = field.choices.find(([stored]) => stored === value);
    if (choice) return text(choice[1]);
  }
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (value instanceof Date && (field.kind === 'datetime' || !('maxLength' in field))) {
    return { kind: 'datetime', value };
  }
  return text(displayValue(field, value));
}

function columnOf(admin: ModelAdmin, item: string | Column<Row>): Omit<ListColumn, 'isLink'> {
  if (typeof item !== 'string') {
    return {
      name: item.name,
      label: item.label,
      ordering: item.ordering ?? null,
      cellOf: (row) => shownCell(computedCell(item.value(row))),
    };
  }
  const field = getField(admin.meta, item);
  if (field.kind === 'manyToMany' || field.kind === 'reverse') {
    throw new TypeError(`${admin.meta.key} cannot show ${item} in a column.`);
  }
  return {
    name: item,
    label: capfirst(field.verboseName),
    ordering: isSortable(field) ? item : null,
    cellOf: (row) => shownCell(fieldCell(admin, field, row)),
  };
}

// No two databases agree on what comes first of these.
function isSortable({ kind }: FieldMeta): boolean {
  return kind !== 'json' && kind !== 'bytes' && kind !== 'unsupported';
}

// Django: ModelAdmin.get_empty_value_display
function orText(cell: Cell, instead: string): Cell {
  return cell.kind === 'empty' ? text(instead) : cell;
}

function nameColumn(admin: ModelAdmin): Omit<ListColumn, 'isLink'> {
  const label = capfirst(admin.meta.verboseName);
  return { name: '__str__', label, ordering: null, cellOf: (row) => text(strOf(admin, row)) };
}

function relatedText(
  { site }: ModelAdmin,
  { to }: Extract<FieldMeta, { kind: 'foreignKey' }>,
  row: Row,
): string {
  if (to.key === null) return String(row.id);
  return strOf(site.find(to.key) ?? { meta: modelMeta(to.key), options: {} }, row);
}

function computedCell(value: ReactNode | Date): Cell {
  if (value === null || value === undefined || value === '') return EMPTY;
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (value instanceof Date) return { kind: 'datetime', value };
  return typeof value === 'string' ? text(value) : { kind: 'node', value };
}

// Nothing of a blank text could be seen, nor hit where it is a link.
function shownCell(cell: Cell): Cell {
  return cell.kind === 'text' && isInvisible(cell.value) ? EMPTY : cell;
}

function text(value: string): Cell {
  return value === '' ? EMPTY : { kind: 'text', value };
}
