import type { ListColumn } from '@/lib/contrib/admin/list/columns';
import { COLUMNS, type ListQuery } from '@/lib/contrib/admin/list/list-query';
import type { ModelAdmin } from '@/lib/contrib/admin/options';

/** A column that a list may be shown without, by its name in the query. */
export type ColumnChoice = { name: string; label: string; isShown: boolean };

/**
 * The columns with those hidden that the query does not choose: all of them stand where it chooses none
 * that there is. The first column, what stands in it and what is changed in the list itself always stay.
 * Hidden columns keep their numbers, by which lists are sorted.
 * Django: no counterpart; get_list_display, which a project overrides
 */
export function withChosen(
  { options }: ModelAdmin,
  columns: readonly ListColumn[],
  { columns: chosen }: ListQuery,
): ListColumn[] {
  const mayHide = (column: ListColumn, index: number) =>
    index > 0 && !column.isStacked && !options.listEditable?.includes(column.name);
  const hasAny = columns.some((each, i) => mayHide(each, i) && chosen.has(queryNameOf(each)));
  return columns.map((column, index) => ({
    ...column,
    canHide: mayHide(column, index),
    isHidden: hasAny && mayHide(column, index) && !chosen.has(queryNameOf(column)),
  }));
}

/** What of a list's columns may be chosen; none where there is no choice. */
export function columnChoices(columns: readonly ListColumn[]): ColumnChoice[] {
  const own = columns.filter(({ canHide }) => canHide);
  if (own.length < 2) return [];
  return own.map((column) => ({
    name: queryNameOf(column),
    label: column.label,
    isShown: !column.isHidden,
  }));
}

/** The parameters of a query but those that choose columns. */
export function withoutColumns(params: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams(params);
  kept.delete(COLUMNS);
  return kept;
}

function queryNameOf({ name }: ListColumn): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
