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
 * What the pages of one object show beyond Django's.
 * Django: no counterpart
 */
export interface ObjectOptions<R, U> {
  /** What stands above the tabs of an object's pages. */
  objectHeader?(row: R, user: U): Promise<ObjectHeader>;
}
