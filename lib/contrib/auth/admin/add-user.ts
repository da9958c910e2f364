import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { AdminRequest, Values } from '@/lib/contrib/admin/options';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { checkUserChange, type FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import {
  findUserByName,
  formName,
  getUserModel,
  insertUser,
  type UserRecord,
} from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { ValidationError } from '@/lib/core/exceptions';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { isTaken } from '@/lib/db/errors';
import { newUserFields, takenName } from './new-user-form';
import { actorOf } from './user-changes';

/**
 * A new user's name, what else the form asked for by the names of fields, and their password; null
 * for one that cannot be used.
 */
type NewUser = { username: string; further?: UserRecord; password: string | null };

/**
 * Add a user who is active and nothing else, with the entry in the history, in one transaction.
 * Returns the id, or what is wrong with the name.
 * Django: UserAdmin.add_view, UserCreationForm.save
 */
export async function addUser(
  request: AdminRequest,
  { username, further = {}, password }: NewUser,
): Promise<{ id: number } | { error: string }> {
  const encoded = await makePassword(password);
  const model = getUserModel();
  const { USERNAME_FIELD, columns, table } = model;
  try {
    return await transaction((tx) => addInside(tx, request, { username, further, encoded }));
  } catch (error) {
    // A row that the model cannot begin, because only another application knows what it needs.
    if (error instanceof ValidationError) return { error: error.message };
    if (isTaken(error, table, columns[USERNAME_FIELD] ?? USERNAME_FIELD))
      return { error: takenName(model) };
    throw error;
  }
}

/**
 * The same of a line of a file, inside a transaction: a user with what the page asks for, and without
 * a password, whatever the file says.
 */
export async function addUserFromFile(
  tx: TransactionClient,
  { request, values }: { request: AdminRequest; values: Values },
): Promise<{ id: number } | { errors: FieldErrors }> {
  const model = getUserModel();
  const fields = newUserFields(model);
  const missing = fields.filter(({ name }) => [undefined, null, ''].includes(textIn(values, name)));
  if (missing.length > 0) {
    const needed = ['This field is required.'];
    return { errors: Object.fromEntries(missing.map(({ formName }) => [formName, needed])) };
  }
  const further = Object.fromEntries(fields.map(({ name }) => [name, values[name]]));
  const username = String(values[model.USERNAME_FIELD]);
  const encoded = await makePassword(null);
  const added = await addInside(tx, request, { username, further, encoded });
  return 'error' in added ? { errors: { [formName(model.USERNAME_FIELD)]: [added.error] } } : added;
}

function textIn(values: Values, name: string): string | null | undefined {
  const value = values[name];
  return value === null || value === undefined ? value : String(value);
}

type Added = { username: string; further: UserRecord; encoded: string };

async function addInside(
  tx: TransactionClient,
  request: AdminRequest,
  { username, further, encoded }: Added,
): Promise<{ id: number } | { error: string }> {
  const model = getUserModel();
  const named = { ...further, [model.USERNAME_FIELD]: username };
  const refused = await checkUserChange(tx, request.user, null, named);
  const [error] = Object.values(refused).flat();
  if (error !== undefined) return { error };
  if (await findUserByName(username, model, tx)) return { error: takenName(model) };
  const values = { ...model.newRow(), ...named, password: encoded };
  const { id } = await insertUser(tx, model, values);
  await logActions(tx, request.user, modelMeta(userModelKey(model)), [
    { flag: ACTION_FLAGS.addition, object: { id, repr: username }, messages: [{ added: {} }] },
  ]);
  const target = { id, username };
  await logSecurityEvent({ name: 'user_created', actor: actorOf(request), target, request, tx });
  return { id };
}
