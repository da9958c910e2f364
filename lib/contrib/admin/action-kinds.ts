import type { z } from 'zod';
import type { RowId } from '@/lib/forms/row-id';
import type { ModelFormField } from './form/model-form';
import type {
  ActionCall,
  ActionOutcome,
  AdminAction,
  AdminRequest,
  AdminUser,
  ModelAdmin,
} from './options';

/** What an action asks before it is taken: a `modelForm`, or fields and a schema of one's own. */
export type AskedForm<V = unknown> = {
  readonly schema: z.ZodType<V, unknown>;
  readonly fields: readonly ModelFormField[];
  filled(): Record<string, string>;
};

type WithForm<I, V> = Omit<AdminAction<I>, 'run' | 'form'> & {
  /** The form, as this person is shown it. */
  form(user: AdminUser): AskedForm<V> | Promise<AskedForm<V>>;
  run(call: ActionCall<I> & { values: V }): Promise<ActionOutcome>;
};

/**
 * An action that asks something first, on a page of its own: what the form says is checked, and given to
 * `run` with the ids. It holds no files. Nothing is done until the form is right.
 * Django: docs/ref/contrib/admin/actions "Actions that provide intermediate pages"
 * @example
 * actionWithForm({
 *   name: 'rename',
 *   label: 'Rename',
 *   permission: 'change',
 *   form: () => modelForm('auth.group', { fields: ['name'] }),
 *   run: async ({ ids, values, tx }) => {
 *     await tx.group.updateMany({ where: { id: { in: [...ids] } }, data: values });
 *     return { level: 'success', text: 'Renamed.' };
 *   },
 * });
 */
export function actionWithForm<V, I = number>({ run, ...action }: WithForm<I, V>): AdminAction<I> {
  return { ...action, run: ({ values, ...call }) => run({ ...call, values: values as V }) };
}

/** A file that an action answers with. */
export type ActionFile = {
  /** Letters, digits, `-`, `_` and `.`; others are taken out. */
  name: string;
  /** Such as `application/json`. */
  contentType: string;
  content: string | Uint8Array<ArrayBuffer> | AsyncIterable<string>;
};

/**
 * Something to have of the rows that are ticked in the change list: a file, which leaves the list as it is.
 * It writes nothing. `permission` is as an action's.
 * Django: an action that returns an HttpResponse
 */
export interface FileAction {
  readonly name: string;
  readonly label: string;
  readonly permission: string;
  file(call: {
    admin: ModelAdmin;
    request: AdminRequest;
    ids: readonly RowId[];
  }): Promise<ActionFile>;
}
