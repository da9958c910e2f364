import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { ModelKey, PermissionName } from '@/lib/apps/installed';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import type { Deed } from '@/lib/contrib/auth/rights/undo-offer';
import type { Prisma, TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import type { FileAction } from './action/file-action';
import type { FormOptions } from './form/form-options';
import type { InlineKind, InlineSettings } from './inlines/inline-options';
import type { ListOptions, PageColumn } from './list/list-options';
import type { RichCell } from './list/shown/rich-cells';
import { type ModelMeta, modelMeta } from './meta';
import type { Locks } from './object/locks';
import type { ObjectLink, ObjectOptions } from './object/object-options';
import type { RailPlace } from './rail/rail-place';
import type { FieldName, RowOf } from './row-types';

/** As much of a user as the admin asks of; a request's `user` behind a guard is one. */
export interface AdminUser {
  readonly id: number;
  readonly isActive: boolean;
  readonly isStaff: boolean;
  readonly isSuperuser: boolean;
  /** What their token carries; null for somebody who asks in person. */
  readonly attenuation: { has(perm: string): boolean } | null;
  /** Who really asks, where somebody acts as this user. */
  readonly impersonator: { readonly id: number } | null;
  getUsername(): string;
  hasPerm(perm: PermissionName, obj?: unknown): Promise<boolean>;
}

/** Who asks for a change, and from where; the request behind a guard is one. */
export interface AdminRequest {
  readonly user: AdminUser;
  readonly ipAddress: string;
  readonly userAgent: string;
  readonly session: { readonly id: number | null; readonly keyHash: string | null };
  /** Why they ask for it, as they said. */
  readonly reason?: string;
}

/** A row of any model: its id, and the rest by the fields' names in TypeScript. */
export type Row = { id: RowId; [field: string]: unknown };

type IdOf<R> = R extends { id: infer I } ? I : RowId;

/**
 * A column of the change list that is no field: computed from the row, sorted by a field's column if
 * `ordering` names one.
 * Django: a method in list_display, with @admin.display
 */
export interface Column<R> {
  readonly name: string;
  readonly label: string;
  readonly ordering?: string;
  value(row: R): ReactNode | Date | RichCell;
}

/**
 * A filter of the change list that is no field: its choices, and the condition that one of them puts
 * on the rows of the table, known as `t` in the statement. A null for a value it does not know.
 * Django: contrib/admin/filters.py SimpleListFilter
 */
export interface ListFilter {
  readonly parameter: string;
  readonly title: string;
  choices(): Promise<readonly (readonly [value: string, label: string])[]>;
  condition(value: string): Prisma.Sql | null;
}

/**
 * A filter of a number, a date or a time by ranges: each from `from` on and below `to`, as a query says
 * them: `10`, `2026-01-01`.
 * Django: no counterpart; a SimpleListFilter of one's own
 */
export interface RangeFilter<F extends string = string> {
  readonly field: F;
  readonly ranges: readonly {
    readonly label: string;
    readonly from?: string;
    readonly to?: string;
  }[];
}

/** What an action works on, and who asked for it. */
export type ActionCall<I = number> = {
  request: AdminRequest;
  ids: readonly I[];
  /** Which of the choices of an action that asks for one. */
  chosen?: string;
  /** Writes inside belong to one transaction with their log entries. */
  tx: TransactionClient;
  /** What the form of the action said, if it has one. */
  values?: unknown;
};

/** The same for an action that only reads, and answers with a file. */
export type FileCall = { admin: ModelAdmin; request: AdminRequest; ids: readonly RowId[] };

/** What is told to the person who asked for an action. */
export type ActionOutcome = {
  level: 'success' | 'warning' | 'error';
  text: string;
  /** What was done, where it may be undone. */
  deed?: Deed | null;
  /** Runs once the transaction is over and the person has been answered: for mail. */
  committed?(done: { when: Date; origin: string }): Promise<void>;
};

/**
 * Something to do with the rows that are ticked in the change list. What it returns is told to the
 * person. `permission` is the action of Django's four (or a codename's first word) that it needs.
 * Django: contrib/admin/decorators.py @admin.action
 */
export interface AdminAction<I = number> {
  readonly name: string;
  readonly label: string;
  readonly permission: string;
  /** Whether it gives somebody a right, and so asks for a fresh sign-in. */
  readonly isGrant?: boolean;
  /** What has to be chosen first, on a page of its own: the group that they are put into. */
  readonly asks?: {
    readonly label: string;
    choices(user: AdminUser): Promise<readonly (readonly [id: number, text: string])[]>;
  };
  /** Who would gain and who would lose what by it, to be read before it is taken; null for nobody. */
  review?(call: ActionCall<I>): Promise<RightsReview | null>;
  /** Asked besides the permission: it can only refuse more. */
  mayTake?(user: AdminUser): Promise<boolean>;
  /** Whether the page of a row offers it as well, beside the menu if urgent. Only for what is no grant. */
  onObject?(row: { id: I; [field: string]: unknown }, user: AdminUser): Promise<boolean | 'urgent'>;
  /** What is asked first: see `actionWithForm`. */
  form?(user: AdminUser): object | Promise<object>;
  run(call: ActionCall<I>): Promise<ActionOutcome>;
}

/** A line of a form that is only read, with a link to where it is changed. */
export type Fact = { label: string; text: string; link?: { label: string; href: string } };

/** A section of a form. */
export type Fieldset<F extends string = string> = {
  title: string | null;
  description?: string;
  fields: readonly F[];
};

/** A row's new values by field name: scalars as they are, foreign keys and many-to-many as ids. */
export type Values = Record<string, unknown>;

/**
 * A change that somebody asks for. `before` is the row as it was, many-to-many fields as ids; null
 * for a new row.
 */
export type Change<R = Row> = { request: AdminRequest; before: R | null; values: Values };

/**
 * What is declared of a model with rows `R` and fields `F`. No option is here that no shipped screen
 * uses.
 * Django: contrib/admin/options.py ModelAdmin
 */
export interface Options<R, F extends string, L = unknown>
  extends FormOptions<F>,
    ListOptions<R, F, AdminUser>,
    ObjectOptions<R, AdminUser> {
  /** One row in a few words; its `name`, `title` or `username` unless told. Model.__str__ */
  str?(row: R): string;
  /** Where the list stands in the rail; below 'Content' unless told. */
  rail?: RailPlace;
  /** Rows are named to who may view them only; others read the model and the id. */
  hasPrivateNames?: boolean;
  listDisplay?: readonly (F | Column<R> | PageColumn<R, AdminUser>)[];
  /** Columns that lead to the row; the first one unless told. */
  listDisplayLinks?: readonly string[];
  listFilter?: readonly (F | RangeFilter<F> | ListFilter)[];
  /** Whether the choices of filters are counted: if the person asks for it, always, or never. */
  showFacets?: 'allow' | 'always' | 'never';
  /** A date by whose years, months and days the list is narrowed down. */
  dateHierarchy?: F;
  /** Names of text fields, through foreign keys with `__`; `^`, `=`, `@` before one as in Django. */
  searchFields?: readonly string[];
  /** Fields, with `-` before what is sorted downwards. */
  ordering?: readonly (F | `-${F}`)[];
  listPerPage?: number;
  listMaxShowAll?: number;
  actions?: readonly AdminAction<IdOf<R>>[];
  /** Files to have of the ticked rows. */
  fileActions?: readonly FileAction<FileCall>[];
  fieldsets?: readonly Fieldset<F>[];
  /** How a field is read from a form, where its column does not say it all. */
  formFields?: { readonly [field in F]?: z.ZodType<unknown, string | undefined> };
  /** New rows have a page and an action of their own, beside the ones that serve every model. */
  hasOwnAddPage?: boolean;
  /**
   * How such a new row is made where its page is not: from a file. The values are those of the form,
   * as far as the file has them; what this leaves out is written as a change.
   */
  addObject?(
    tx: TransactionClient,
    asked: { request: AdminRequest; values: Values },
  ): Promise<{ id: IdOf<R> } | { errors: FieldErrors }>;
  /** What else is done with rows that `addObject` made, in their transaction, as an action does it. */
  rowsAdded?: readonly Pick<AdminAction<IdOf<R>>, 'run'>[];
  /** Further lines of the form that are only read, below its first section. */
  facts?(row: R, user: AdminUser): Promise<readonly Fact[]>;
  /** Links to further pages about a row. */
  objectLinks?(row: R, user: AdminUser): Promise<readonly ObjectLink[]>;
  /** Fields that are only read, and lines that are computed from the row. */
  readonlyFields?: readonly (F | Column<R>)[];
  /** Many-to-many fields chosen in two boxes. */
  filterHorizontal?: readonly F[];
  /** Foreign keys and many-to-many fields that are searched for while typing. */
  autocompleteFields?: readonly F[];
  /** Each of these is asked besides the model's permission: it can only refuse more. */
  hasViewPermission?(user: AdminUser, row?: R): boolean | Promise<boolean>;
  hasAddPermission?(user: AdminUser): boolean | Promise<boolean>;
  hasChangePermission?(user: AdminUser, row?: R): boolean | Promise<boolean>;
  hasDeletePermission?(user: AdminUser, row?: R): boolean | Promise<boolean>;
  /** Rows of other models that belong to a row, edited in its form. */
  inlines?: readonly Inline[];
  /** Fields of `listDisplay` that are changed in the list itself. */
  listEditable?: readonly F[];
  /** A condition on the rows of the table, known as `t`: those that the person may see at all. */
  getQueryset?(user: AdminUser): Prisma.Sql | Promise<Prisma.Sql>;
  /**
   * Locks what the rules in `clean` look at, before the row is read, which is null for a new one; the
   * row itself too. What it finds `clean` is given. Without it the row alone is locked.
   */
  lock?(tx: TransactionClient, id: IdOf<R> | null): Promise<L>;
  /**
   * What else is wrong with a change, asked inside the transaction that would write it, with the row
   * as it is once it is locked.
   */
  clean?(tx: TransactionClient, change: Change<R> & { locked: L }): Promise<FieldErrors>;
  /** What `clean` would refuse to somebody, told in the form before they try; null for a new row. */
  locks?(row: R | null, user: AdminUser): Promise<Locks>;
  /** Why these rows may not be deleted, asked inside the transaction that would delete them. */
  cleanDelete?(tx: TransactionClient, user: AdminUser, ids: readonly IdOf<R>[]): Promise<string[]>;
  /** Values that are written with those of the form, for fields that no form shows. */
  saveModel?(change: Change<R>): Values;
  /** Whether the change gives somebody a right, and so asks for a fresh sign-in. */
  isGrant?(change: Change<R>): boolean;
  /**
   * Who would gain and who would lose what by a change, asked inside the transaction that would write
   * it; null for one that moves no rights. What somebody feels of it is read before it is written.
   */
  review?(tx: TransactionClient, change: Change<R>): Promise<RightsReview | null>;
  /** The same of the deletion of these rows. */
  reviewDeletion?(
    tx: TransactionClient,
    user: AdminUser,
    ids: readonly IdOf<R>[],
  ): Promise<RightsReview | null>;
  /**
   * Runs after a row was written, in its transaction. What it returns is told to the person with
   * the news that it is saved.
   */
  saved?(tx: TransactionClient, change: Change<R> & { id: IdOf<R> }): Promise<string | null>;
  /** Runs once that transaction is over and the person has been answered: for mail. */
  committed?(
    change: Change<R> & { id: IdOf<R> },
    done: { when: Date; origin: string },
  ): Promise<void>;
  /** Whether a row guards somebody's account, so that deleting it, also as a line, asks for a fresh sign-in. */
  isDeletionGuarded?: boolean;
  /** Runs before rows are deleted, in the transaction. */
  deleting?(tx: TransactionClient, request: AdminRequest, ids: readonly IdOf<R>[]): Promise<void>;
  /** Rows go with the row they hang on, whoever may delete that one. */
  isDeletedWithOthers?: boolean;
}

type OfLines =
  | 'str'
  | 'ordering'
  | 'readonlyFields'
  | 'filterHorizontal'
  | 'autocompleteFields'
  | 'formFields'
  | 'getQueryset'
  | 'clean'
  | 'saveModel';

/**
 * What is declared of lines with rows `R`. What it does not say, the screens of their model say, where
 * there are some: their rules, permissions and hooks count in the form of another row too. Each of the
 * permissions is asked besides these, with the row of the form, if it is there already.
 * Django: contrib/admin/options.py InlineModelAdmin
 */
export interface InlineOptions<R, F extends string>
  extends InlineSettings<F>,
    Pick<Options<R, F>, OfLines> {
  hasViewPermission?(user: AdminUser, parent?: Row): boolean | Promise<boolean>;
  hasAddPermission?(user: AdminUser, parent?: Row): boolean | Promise<boolean>;
  hasChangePermission?(user: AdminUser, parent?: Row): boolean | Promise<boolean>;
  hasDeletePermission?(user: AdminUser, parent?: Row): boolean | Promise<boolean>;
}

/** Lines of a model, `app_label.model`, as `tabularInline` and `stackedInline` declare them. */
export type Inline = {
  readonly kind: InlineKind;
  readonly model: string;
  readonly options: InlineOptions<Row, string>;
};

/** A model and what is declared of it, as the pages of the admin use it. */
export type ModelAdmin = {
  readonly meta: ModelMeta;
  readonly options: Options<Row, string>;
  /** Where the screens of other models are found; nowhere until a site has these. */
  readonly site: { find(key: string): ModelAdmin | null };
  /** Whether who reads it may not see the rows' names; see `adminSeenBy`. */
  readonly areNamesHidden?: boolean;
  /** Who reads it, where that is known: fields offer no row that `getQueryset` hides from them. */
  readonly reader?: AdminUser;
};

const NOWHERE = { find: () => null };

/**
 * Declare a model's screens. The app's config shows them as one of its `admins`.
 * Throws TypeError for a model that no app declares.
 * Django: contrib/admin/decorators.py @admin.register
 * @example
 * export const groupAdmin = defineAdmin('auth.group', {
 *   listDisplay: ['name'],
 *   searchFields: ['name'],
 *   ordering: ['name'],
 *   filterHorizontal: ['permissions'],
 * });
 */
export function defineAdmin<K extends ModelKey, L>(
  key: K,
  options: Options<RowOf<K>, FieldName<K>, L>,
): ModelAdmin;
export function defineAdmin(key: ModelKey, options: Options<Row, string>): ModelAdmin {
  // A key that no app declares is a mistake to be told at once; what fields refer to depends on the
  // settings and is asked each time.
  modelMeta(key);
  return {
    get meta() {
      return modelMeta(key);
    },
    options,
    site: NOWHERE,
  };
}

/** The same for a model whose fields are not known when the code is written: the user model. */
export function adminOf<L>(meta: ModelMeta, options: Options<Row, string, L>): ModelAdmin;
export function adminOf(meta: ModelMeta, options: Options<Row, string>): ModelAdmin {
  return { meta, options, site: NOWHERE };
}
