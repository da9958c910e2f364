import type { ColumnKind } from '@/lib/contrib/auth/users/model-graph';

/** The control of a field, where its column does not say it all: `code` is a box of fixed letters. */
export type WidgetName =
  | 'text'
  | 'textarea'
  | 'code'
  | 'email'
  | 'url'
  | 'tel'
  | 'number'
  | 'radio';

/** What is declared of the controls of a model's form. Django: ModelAdmin, BaseModelAdmin */
export interface FormOptions<F extends string> {
  /** Fields with few values, or foreign keys, whose values stand side by side or one below the other. */
  readonly radioFields?: { readonly [field in F]?: 'horizontal' | 'vertical' };
  /** Foreign keys and many-to-many fields whose ids are typed; for tables too long to list. */
  readonly rawIdFields?: readonly F[];
  /** Fields that are filled while others are typed, with scripts and on a new row: a slug of a title. */
  readonly prepopulatedFields?: { readonly [field in F]?: readonly F[] };
  /** The control of one field. Django: formfield_for_dbfield */
  readonly widgets?: { readonly [field in F]?: WidgetName };
  /** The control of every field of a kind that `widgets` does not name. */
  readonly formfieldOverrides?: { readonly [kind in ColumnKind]?: { readonly widget: WidgetName } };
  /** Whether a row may be saved as a new one, instead of "save and add another". */
  readonly saveAs?: boolean;
  /** What stands for a value that is not there; a dash unless told. */
  readonly emptyValueDisplay?: string;
}
