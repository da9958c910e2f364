import { withoutFiles } from '@/lib/contrib/admin/files/file-fields';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import type { AdminRequest, Change, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { lockRows } from '@/lib/contrib/admin/rows';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { lockClause, type TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { changedFields, findClashes } from './clashes';
import { editableFields, type UnseenIds } from './form-fields';
import { unheldField } from './uniqueness';
import { type Conflict, findConflict } from './versions';

/** What a form asks of one row: `before` as it is once it is locked, null for a new one. */
export type Asked = {
  request: AdminRequest;
  before: Row | null;
  values: Values;
  unseen: UnseenIds;
  /** What the form was filled with, as `versionOf` has it; '' if with nothing. */
  version: string;
  /** What the rules of the model have locked. */
  locked: unknown;
  /** Rows that are about to go, whose values are free. */
  doomed?: readonly RowId[];
};

/** A change that was looked at: what stands in its way, and what would be written. */
export type Judged = {
  admin: ModelAdmin;
  change: Change;
  changed: FieldMeta[];
  conflict: Conflict | null;
  /** By name in the form; '' for the row as a whole. */
  errors: FieldErrors;
  /** Whether it gives somebody a right. */
  isGrant: boolean;
};

/**
 * Look at a change inside the transaction that would write it: the rules of the model, whether somebody
 * else has changed the row since the form was filled, what the database holds already.
 * Django: ModelForm.full_clean, BaseModelForm._post_clean
 */
export async function judgeChange(
  tx: TransactionClient,
  admin: ModelAdmin,
  asked: Asked,
): Promise<Judged> {
  const { request, before, locked, version } = asked;
  const { meta, options } = admin;
  const fields = editableFields(admin);
  const { values, errors: missing } = withoutFiles(fields, before, asked.values);
  const change = { request, before, values };
  const errors = (await options.clean?.(tx, { ...change, locked })) ?? {};
  const conflict = before ? await findConflict(tx, meta, { version, row: before, fields }) : null;
  const judged = { admin, change, changed: [], conflict, errors: {}, isGrant: false };
  if (conflict) return judged;
  const unheld = before ? null : unheldField(admin, change, fields);
  if (unheld !== null) return { ...judged, errors: { '': [unheld] } };
  const clashes = await findClashes(tx, admin, { ...asked, values, fields });
  const whole = [...(errors[''] ?? []), ...(clashes[''] ?? [])];
  const wrong = { ...errors, ...missing, ...clashes, ...(whole.length > 0 && { '': whole }) };
  return {
    ...judged,
    changed: changedFields(fields, before, values),
    errors: Object.fromEntries(Object.entries(wrong).filter(([, list]) => list.length > 0)),
    isGrant: options.isGrant?.(change) ?? false,
  };
}

/**
 * Lock a row, or what its model's rules look at, until the transaction ends. Whoever locks first reads
 * what nobody changes any more; on SQLite a transaction holds the write lock from its start.
 */
export async function lockForChange(
  tx: TransactionClient,
  admin: ModelAdmin,
  id: RowId | null,
): Promise<unknown> {
  if (admin.options.lock) return admin.options.lock(tx, id);
  if (id !== null && lockClause(tx, 'FOR UPDATE') !== '') await lockRows(tx, admin.meta, [id]);
}
