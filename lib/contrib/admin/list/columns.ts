import type { ReactNode } from 'react';
import { displayValue } from '@/lib/contrib/admin/form/display';
import { type FieldMeta, getField, modelMeta } from '@/lib/contrib/admin/meta';
import type { AdminUser, Column, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { capfirst, isInvisible } from '@/lib/core/text';
import type { PageColumn } from './list-options';
import { isRichCell, type RichCell } from './shown/rich-cells';

/** What one cell shows; `empty` is a value that is not there. */
export type Cell =
  | { kind: 'boolean'; value: boolean }
  | { kind: 'datetime'; value: Date }
  | { kind: 'text'; value: string }
  | { kind: 'node'; value: ReactNode }
  | { kind: 'rich'; value: RichCell }
  | { kind: 'empty' };

/** A column of the change list. */
export type ListColumn = {
  name: string;
  label: string;
  /** Whether its cells lead to the row. */
  isLink: boolean;
  /** Whether its values stand in the first column's cells. */
  isStacked: boolean;
  /** Whether the list may be shown without it, and whether it is. */
  canHide: boolean;
  isHidden: boolean;
  /** The field whose values sort the column, `-` before it if the other way round; null for none. */
  ordering: string | null;
  cellOf(row: Row): Cell;
  /** Of a column that is read for a page at once. */
  page?: PageColumn<Row, AdminUser>;
};

const EMPTY: Cell = { kind: 'empty' };

/**
 * The columns of a model's change list, as declared, or one with what people call a row. Throws
 * TypeError for a declared field that the model lacks or that has several values.
 * Django: ModelAdmin.get_list_display, get_list_display_links
 */
export function columnsOf(admin: ModelAdmin): ListColumn[] {
  const { listDisplay, listDisplayLinks, listStacked = [] } = admin.options;
  const columns = listDisplay?.map((item) => columnOf(admin, item)) ?? [nameColumn(admin)];
  const links = listDisplayLinks ?? columns.slice(0, 1).map(({ name }) => name);
  const { emptyValueDisplay } = admin.options;
  return columns.map((column) => ({
    ...column,
    isLink: links.includes(column.name),
    isStacked: listStacked.includes(column.name),
    canHide: false,
    isHidden: false,
    ...(emptyValueDisplay !== undefined && {
      cellOf: (row: Row) => orText(column.cellOf(row), emptyValueDisplay),
    }),
  }));
}

/** Those of these columns that somebody is shown. Django: ModelAdmin.get_list_display(request) */
export async function columnsFor(
  columns: readonly ListColumn[],
  user: AdminUser,
): Promise<ListColumn[]> {
  const shown = await Promise.all(
    columns.map(async ({ page }) => (await page?.isShownTo?.(user)) ?? true),
  );
  return columns.filter((_, i) => shown[i]);
}

/** What these columns show of each of these rows, which are a page; nothing is read for hidden ones. */
export async function cellsOf(
  columns: readonly ListColumn[],
  rows: readonly Row[],
  user: AdminUser,
): Promise<Cell[][]> {
  const read = await Promise.all(
    columns.map(({ page, isHidden }) => (isHidden ? undefined : page?.valuesOf(rows, user))),
  );
  return rows.map((row) =>
    columns.map(({ page, cellOf, isHidden }, i) => {
      if (isHidden) return EMPTY;
      return page ? shownCell(computedCell(read[i]?.get(row.id))) : cellOf(row);
    }),
  );
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

type Declared = string | Column<Row> | PageColumn<Row, AdminUser>;
type Drawn = Omit<ListColumn, 'isLink' | 'isStacked' | 'canHide' | 'isHidden'>;

function columnOf(admin: ModelAdmin, item: Declared): Drawn {
  if (typeof item !== 'string') {
    const { name, label, ordering = null } = item;
    if ('valuesOf' in item) return { name, label, ordering, cellOf: () => EMPTY, page: item };
    return { name, label, ordering, cellOf: (row) => shownCell(computedCell(item.value(row))) };
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

function nameColumn(admin: ModelAdmin): Drawn {
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

function computedCell(value: ReactNode | Date | RichCell): Cell {
  if (value === null || value === undefined || value === '') return EMPTY;
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (value instanceof Date) return { kind: 'datetime', value };
  if (isRichCell(value)) return { kind: 'rich', value };
  return typeof value === 'string' ? text(value) : { kind: 'node', value };
}

// Nothing of a blank text could be seen, nor hit where it is a link.
function shownCell(cell: Cell): Cell {
  return cell.kind === 'text' && isInvisible(cell.value) ? EMPTY : cell;
}

function text(value: string): Cell {
  return value === '' ? EMPTY : { kind: 'text', value };
}
