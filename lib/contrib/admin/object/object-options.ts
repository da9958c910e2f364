import type { Tone } from '@/lib/contrib/admin/list/shown/rich-cells';

/** Who or what a page is about, above all else: one who reads it knows where they stand. */
export type ObjectHeader = {
  readonly name: string;
  readonly detail: string;
  readonly pills: readonly { readonly text: string; readonly tone: Tone }[];
  /** A fact a line; a moment is told as how long ago. */
  readonly facts: readonly { readonly label: string; readonly value: string | Date }[];
};

/**
 * A link to a further page about a row; smaller numbers stand first, 0 unless told. A `tab` shows more
 * of the row, an `action` leads to something to do with it.
 */
export type ObjectLink = { label: string; href: string; order?: number; kind?: 'tab' | 'action' };

/**
 * What the pages of one object show beyond Django's.
 * Django: no counterpart
 */
export interface ObjectOptions<R, U> {
  /** What stands above the tabs of an object's pages. */
  objectHeader?(row: R, user: U): Promise<ObjectHeader>;
}
