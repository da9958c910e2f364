import type { ListedTable } from '@/lib/db/migrations/list-script';
import { findUserModel, type UserModel } from './user-model';

const TEXTS = ['firstName', 'lastName'];
const FLAGS = ['isStaff', 'isActive', 'isSuperuser'];
const SIGN_IN = ['isActive', 'isStaff', 'lastLogin'];

/**
 * By what the list of the user model in use is sorted, filtered and searched; null while there is no
 * such model.
 * Django: UserAdmin.ordering, list_filter, search_fields
 */
export function userList(model: UserModel | null = findUserModel()): ListedTable | null {
  if (!model) return null;
  const { table, columns, USERNAME_FIELD, EMAIL_FIELD } = model;
  const columnsOf = (fields: readonly string[]) => fields.flatMap((field) => columns[field] ?? []);
  const [name = USERNAME_FIELD] = columnsOf([USERNAME_FIELD]);
  const texts = columnsOf([...new Set([USERNAME_FIELD, ...TEXTS, EMAIL_FIELD])]);
  const signIn = columnsOf(SIGN_IN);
  return {
    table,
    id: columns['id'] ?? 'id',
    name,
    texts,
    flags: columnsOf(FLAGS),
    // A home of the admin counts who has not signed in for long.
    ...(signIn.length === SIGN_IN.length && { further: { sign_in: signIn } }),
  };
}
