import type { FormOptions } from '@/lib/contrib/admin/form/form-options';

/** How lines stand in a form: one to a row of a table, or one below the other. */
export type InlineKind = 'tabular' | 'stacked';

/**
 * What is declared of the rows of another model that are edited in the form of the row they belong to.
 * Django: contrib/admin/options.py InlineModelAdmin
 */
export interface InlineSettings<F extends string> extends Omit<FormOptions<F>, 'saveAs'> {
  /** The foreign key that leads to the row of the form; needed where there are several. */
  readonly fkName?: F;
  /** In their order; all of the model's own fields unless told. */
  readonly fields?: readonly F[];
  /** Empty lines for new rows: 3 unless told. */
  readonly extra?: number;
  /** Lines that there have to be, and may be; 0 and 1,000 unless told. */
  readonly minNum?: number;
  readonly maxNum?: number;
  /** Whether a line may be deleted here; true unless told. */
  readonly canDelete?: boolean;
  /** Whether each line leads to the screens of its own. */
  readonly showChangeLink?: boolean;
  /** What people call a line, and several, here; the model's names unless told. */
  readonly verboseName?: string;
  readonly verboseNamePlural?: string;
}
