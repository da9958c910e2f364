import { makePassword } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import {
  findUserByName,
  insertUser,
  type UserModel,
  verboseName,
} from '@/lib/contrib/auth/users/user-model';
import { ValidationError } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';

/**
 * Make a user of whichever model who may do everything, out of values that its `clean` has given.
 * A null password is unusable. Throws ValidationError with code `unique` when the name is taken.
 * Django: contrib/auth/models.py UserManager.create_superuser
 */
export async function createSuperuser(
  model: UserModel,
  values: Readonly<Record<string, unknown>>,
  password: string | null,
): Promise<User> {
  const data = {
    ...model.newRow(),
    ...values,
    isSuperuser: true,
    ...(Object.hasOwn(model.columns, 'isStaff') && { isStaff: true }),
    password: await makePassword(password),
  };
  try {
    return await insertUser(db, model, data);
  } catch (error) {
    if (!(await isTaken(model, String(values[model.USERNAME_FIELD])))) throw error;
    throw nameTaken(model);
  }
}

/** Whether somebody of this model has the name. */
export async function isTaken(model: UserModel, name: string): Promise<boolean> {
  return (await findUserByName(name, model)) !== null;
}

/** What a name is refused with that somebody has. */
export function nameTaken(model: UserModel): ValidationError {
  const message = `That ${verboseName(model, model.USERNAME_FIELD)} is already taken.`;
  return new ValidationError(message, 'unique');
}
