import { settings } from '@/lib/conf/settings';
import { findUserModel, type UserModel } from '@/lib/contrib/auth/users/user-model';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { isUniqueColumn } from '@/lib/db/catalogue/unique-column';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/** The backends that look users up by name alone, so that two of one name cannot be told apart. */
const BY_NAME = new Set(['ModelBackend', 'AllowAllUsersModelBackend']);

/**
 * A user model that contradicts itself.
 * Django: contrib/auth/checks.py check_user_model
 */
export function checkUserModel(model: UserModel): CheckMessage[] {
  const { name, USERNAME_FIELD, EMAIL_FIELD, REQUIRED_FIELDS, columns } = model;
  const hint = `Correct it where ${name} is declared.`;
  if (!Array.isArray(REQUIRED_FIELDS)) {
    return [checkError('auth.E001', `REQUIRED_FIELDS of ${name} must be a list.`, hint)];
  }
  const found: CheckMessage[] = [];
  if (REQUIRED_FIELDS.includes(USERNAME_FIELD)) {
    const message = `REQUIRED_FIELDS of ${name} lists its USERNAME_FIELD "${USERNAME_FIELD}".`;
    found.push(checkError('auth.E002', message, hint));
  }
  const needed = ['id', 'password', 'isActive', 'isSuperuser', USERNAME_FIELD, EMAIL_FIELD];
  const missing = [...needed, ...REQUIRED_FIELDS].filter((field) => !Object.hasOwn(columns, field));
  if (missing.length > 0) {
    const message = `${name} has no column for ${[...new Set(missing)].join(', ')}.`;
    found.push(checkError('auth.E108', message, hint));
  }
  return found;
}

/**
 * A name to sign in with that two people may have: the database itself is asked. An error with
 * ModelBackend alone, a warning with others, which may tell the two apart. Silent while there is no
 * such model or table: another check says so.
 * Django: contrib/auth/checks.py check_user_model (E003, W004)
 */
export async function checkUsernameIsUnique(): Promise<CheckMessage[]> {
  const model = findUserModel();
  if (!model) return [];
  const { name, table, columns, USERNAME_FIELD } = model;
  const column = columns[USERNAME_FIELD] ?? USERNAME_FIELD;
  if ((await isUniqueColumn(table, column)) !== false) return [];
  const message = `Two users may have the same ${USERNAME_FIELD}: ${table}.${column} of ${name} is not unique.`;
  const hint = 'Add a unique constraint for the column, without a condition.';
  return settings.AUTHENTICATION_BACKENDS.every((backend) => BY_NAME.has(backend))
    ? [checkError('auth.E003', message, hint)]
    : [checkWarning('auth.W004', message, hint)];
}
