import type { z } from 'zod';
import type { ModelFormField } from '@/lib/contrib/admin/form/model-form';
import type {
  ActionCall,
  ActionOutcome,
  AdminAction,
  AdminUser,
} from '@/lib/contrib/admin/options';
import type { RowId } from '@/lib/forms/row-id';

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

/** What an action asks this person first; null where it asks nothing. */
export async function askedFormOf(
  { form }: Pick<AdminAction<RowId>, 'form'>,
  user: AdminUser,
): Promise<AskedForm | null> {
  const asked = await form?.(user);
  return asked && isAskedForm(asked) ? asked : null;
}

function isAskedForm(asked: object): asked is AskedForm {
  return 'schema' in asked && 'fields' in asked && 'filled' in asked;
}
