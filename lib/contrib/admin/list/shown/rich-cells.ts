/** A part of a sentence, or a label; with an address it leads there. */
export type Phrase = { readonly text: string; readonly href?: string; readonly tone?: Tone };

/** Whether something is as it should be, wants to be looked at, or has power over others. */
export type Tone = 'good' | 'plain' | 'warning' | 'danger';

/**
 * What a cell shows that is more than a text: two lines with initials before them, small labels, one
 * label, or a sentence whose parts are links, with a sign before it and something behind a click.
 * Plain values: rows are sent as such (decision 26).
 */
export type RichCell =
  | {
      readonly cell: 'person';
      readonly name: string;
      readonly detail: string;
      /** Where the person is, for a list of something else. */
      readonly href?: string;
    }
  | { readonly cell: 'chips'; readonly chips: readonly Phrase[]; readonly more: number }
  | { readonly cell: 'pill'; readonly text: string; readonly tone: Tone }
  | {
      readonly cell: 'sentence';
      readonly parts: readonly Phrase[];
      /** The sign before it; none where it is left out. */
      readonly tone?: Tone;
      /** What stands behind "Details". */
      readonly raw?: string;
    };

/** The text of such a cell, for whoever cannot draw it. */
export function richText(cell: RichCell): string {
  switch (cell.cell) {
    case 'person':
      return cell.name;
    case 'chips':
      return [
        ...cell.chips.map(({ text }) => text),
        ...(cell.more > 0 ? [`+${cell.more}`] : []),
      ].join(', ');
    case 'pill':
      return cell.text;
    case 'sentence':
      return cell.parts.map(({ text }) => text).join('');
  }
}

/** Whether a computed value is such a cell. */
export function isRichCell(value: unknown): value is RichCell {
  return typeof value === 'object' && value !== null && 'cell' in value;
}
