import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { AdminRequest } from '@/lib/contrib/admin/options';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { checkUserChange } from '@/lib/contrib/auth/permissions/account-rules';
import {
  findUserByName,
  getUserModel,
  insertUser,
  type UserRecord,
  verboseName,
} from '@/lib/contrib/auth/users/user-model';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { ValidationError } from '@/lib/core/exceptions';
import { transaction } from '@/lib/db/client';
import { isTaken } from '@/lib/db/errors';
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
  const meta = modelMeta(userModelKey(model));
  const name = verboseName(model, USERNAME_FIELD);
  const taken = { error: `A user with that ${name} already exists.` };
  try {
    const named = { ...further, [USERNAME_FIELD]: username };
    return await transaction(async (tx) => {
      const refused = await checkUserChange(tx, request.user, null, named);
      const [error] = Object.values(refused).flat();
      if (error !== undefined) return { error };
      if (await findUserByName(username, model, tx)) return taken;
      const values = { ...model.newRow(), ...named, password: encoded };
      const { id } = await insertUser(tx, model, values);
      await logActions(tx, request.user, meta, [
        { flag: ACTION_FLAGS.addition, object: { id, repr: username }, messages: [{ added: {} }] },
      ]);
      const target = { id, username };
      await logSecurityEvent({
        name: 'user_created',
        actor: actorOf(request),
        target,
        request,
        tx,
      });
      return { id };
    });
  } catch (error) {
    // A row that the model cannot begin, because only another application knows what it needs.
    if (error instanceof ValidationError) return { error: error.message };
    if (isTaken(error, table, columns[USERNAME_FIELD] ?? USERNAME_FIELD)) return taken;
    throw error;
  }
}
