import { isIn, sizeOf } from '@/components/admin/matrix/packed';
import type { GlyphState } from '@/components/permissions/glyph';
import type { GridData, GridPermission } from './grid-data';

/** Changed and unsaved cells, by `cellKey`: whether the permission shall be held. */
export type Staged = ReadonlyMap<number, boolean>;

/** What a cell shows: how many of its permissions are held, and what can be done with it. */
export type CellState = {
  held: number;
  total: number;
  isChanged: boolean;
  /** How many of them are staged to be given, and to be taken. */
  given: number;
  taken: number;
  isLocked: boolean;
  glyph: GlyphState;
};

/** A cell's number: columns one after the other. */
export function cellKey(data: GridData, column: number, place: number): number {
  return column * sizeOf(data.locked) + place;
}

/** Whether the column holds the permission, with what is staged. */
export function isHeld(data: GridData, staged: Staged, column: number, place: number): boolean {
  const { isResult } = data.columns[column] ?? {};
  if (isResult) {
    return (
      data.isSuperuser || data.columns.some((_, i) => i > column && isHeld(data, staged, i, place))
    );
  }
  return staged.get(cellKey(data, column, place)) ?? isStored(data, column, place);
}

/** What a cell of some permissions shows. */
export function cellState(
  data: GridData,
  staged: Staged,
  column: number,
  places: readonly number[],
): CellState {
  const held = places.filter((place) => isHeld(data, staged, column, place));
  const signs = staged.size === 0 ? [] : places.map((at) => staged.get(cellKey(data, column, at)));
  const given = signs.filter((gives) => gives === true).length;
  const taken = signs.filter((gives) => gives === false).length;
  const isEditable = data.columns[column]?.key !== null;
  const isLocked = isEditable && places.every((place) => !mayGive(data, column, place));
  return {
    held: held.length,
    total: places.length,
    isChanged: given + taken > 0,
    given,
    taken,
    isLocked: isLocked && held.length === 0,
    glyph: glyphAt(data, column, held.length > 0 ? (held[0] ?? 0) : null, staged),
  };
}

/**
 * Stage what a press on these cells asks for: all that may be given are given, or if they all are
 * already, taken. Cells that are as stored are not staged.
 */
export function toggled(
  data: GridData,
  staged: Staged,
  columns: readonly number[],
  places: readonly number[],
): Staged {
  const cells = columns
    .filter((column) => data.columns[column]?.key !== null)
    .flatMap((column) => places.map((place) => ({ column, place })));
  const givable = cells.filter(
    ({ column, place }) => !isHeld(data, staged, column, place) && mayGive(data, column, place),
  );
  const next = new Map(staged);
  for (const { column, place } of givable.length > 0 ? givable : cells) {
    const holds = givable.length > 0;
    const key = cellKey(data, column, place);
    if (isStored(data, column, place) === holds) next.delete(key);
    else next.set(key, holds);
  }
  return next;
}

/** What is staged, as the form sends it. */
export function changesText(
  data: GridData,
  staged: Staged,
  permissions: readonly GridPermission[],
): string {
  const size = sizeOf(data.locked);
  return [...staged]
    .map(([key, gives]) => {
      const column = data.columns[Math.floor(key / size)];
      return `${column?.key}${gives ? '+' : '-'}${permissions[key % size]?.id}`;
    })
    .join(' ');
}

/**
 * What a press on these cells would do to all of them, in numbers: give so many, or, if none is left
 * to give, take so many.
 */
export function bulkOf(
  data: GridData,
  staged: Staged,
  column: number,
  places: readonly number[],
): { gives: boolean; places: number[] } {
  const held = places.filter((place) => isHeld(data, staged, column, place));
  const givable = places.filter((place) => !held.includes(place) && mayGive(data, column, place));
  return givable.length > 0 ? { gives: true, places: givable } : { gives: false, places: held };
}

/** Those words of a text of changes that name no cell of this part of the matrix. */
export function elsewhereIn(
  data: GridData,
  text: string,
  permissions: readonly GridPermission[],
): string[] {
  const columns = new Set(data.columns.map(({ key }) => key));
  const ids = new Set(permissions.map(({ id }) => String(id)));
  const named = [...text.matchAll(/([gu]\d+)[+-](\d+)/g)];
  return named.flatMap(([word, key = '', id = '']) =>
    columns.has(key) && ids.has(id) ? [] : [word],
  );
}

/** The cells that a text of changes names, where they still differ from what is stored. */
export function stagedFrom(
  data: GridData,
  text: string,
  permissions: readonly GridPermission[],
): Staged {
  const columns = new Map(data.columns.map(({ key }, i) => [key, i]));
  const places = new Map(permissions.map(({ id }, i) => [id, i]));
  const staged = new Map<number, boolean>();
  for (const [, key = '', sign, id] of text.matchAll(/([gu]\d+)([+-])(\d+)/g)) {
    const column = columns.get(key);
    const place = places.get(Number(id));
    if (column === undefined || place === undefined) continue;
    if (isStored(data, column, place) !== (sign === '+')) {
      staged.set(cellKey(data, column, place), sign === '+');
    }
  }
  return staged;
}

/** Whether the column holds the permission by what is stored. */
export function isStored(data: GridData, column: number, place: number): boolean {
  return isIn(data.columns[column]?.held ?? '', place);
}

// What is held may be taken, and a taking that is only staged may be taken back.
function mayGive(data: GridData, column: number, place: number): boolean {
  return !isIn(data.locked, place) || isStored(data, column, place);
}

function glyphAt(data: GridData, column: number, place: number | null, staged: Staged): GlyphState {
  if (place === null) return 'empty';
  const { key, isResult } = data.columns[column] ?? {};
  if (data.isInactive) return 'void';
  if (isResult && data.isSuperuser) return 'superuser';
  if (isResult) return isHeld(data, staged, column + 1, place) ? 'granted' : 'group';
  return key === null ? 'group' : 'granted';
}
