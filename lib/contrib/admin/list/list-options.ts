import type { Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import type { RichCell } from './shown/rich-cells';

/**
 * A column of the change list that is read for all rows of a page at once. `valuesOf` answers by the
 * rows' ids with as many statements for a hundred rows as for two; who is missing has nothing there.
 * `isShownTo` leaves the column out for others; such columns stand behind those that are sorted by.
 * Django: a method in list_display, over a queryset with prefetch_related
 */
export interface PageColumn<R, U> {
  readonly name: string;
  readonly label: string;
  readonly ordering?: string;
  isShownTo?(user: U): Promise<boolean>;
  valuesOf(rows: readonly R[], user: U): Promise<ReadonlyMap<RowId, RichCell | Date | string>>;
}

/**
 * A link in the menu of each row: `:id` in its address stands for the row's. `isFor` leaves out rows.
 * Smaller numbers stand first, 0 unless told.
 */
export type RowLink<R> = {
  readonly label: string;
  readonly href: string;
  readonly order?: number;
  isFor?(row: R): boolean;
};

/** A yes or no by which a list is divided into tabs, beside the one with all rows. */
export type ListTabs<F> = { readonly field: F; readonly yes: string; readonly no: string };

/**
 * What a list shows beyond Django's.
 * Django: no counterpart
 */
export interface ListOptions<R, F extends string, U> {
  /**
   * Columns of `listDisplay` that stand in the first one's place: it shows what they hold, its head
   * sorts by them too, under their own numbers.
   */
  listStacked?: readonly F[];
  listTabs?: ListTabs<F>;
  /** Rows that are shown pale. */
  isMuted?(row: R): boolean;
  /** The menu of each row, asked once for all rows of a page. */
  rowLinks?(rows: readonly R[], user: U): Promise<readonly RowLink<R>[]>;
  /**
   * Rows that a search finds besides those whose `searchFields` hold every word, as a condition on the
   * rows of the table, known as `t`; null for none. It may find only what the person may know.
   */
  searchFurther?(search: string, user: U): Promise<Prisma.Sql | null>;
}
