import type { GridRow } from './grid-data';
import type { CellState } from './staged';

const words: Partial<Record<CellState['glyph'], string>> = {
  group: 'through a group',
  superuser: 'as superuser',
  void: 'void, the account is inactive',
};

/** What is to be said of a cell besides whether it is held; each part after a comma. */
export function wordsOf({ isLocked, isChanged, glyph, held, total }: CellState): string {
  const parts = [
    ...(total > 1 ? [`${held} of ${total}`] : []),
    ...(words[glyph] ? [words[glyph]] : []),
    ...(isLocked ? ['not yours to grant'] : []),
    ...(isChanged ? ['changed, unsaved'] : []),
  ];
  return parts.map((part) => `, ${part}`).join('');
}

/** Why a cell is locked. */
export function lockReason({ code }: GridRow): string {
  return `Not yours to grant: you do not hold ${code}.`;
}
