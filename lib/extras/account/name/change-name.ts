import { z } from 'zod';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { transaction } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { nameField } from '@/lib/forms/fields';

/** What people call whoever fills it in: `first_name` and `last_name`, each of which may be blank. */
export const NameForm = z.object({
  first_name: nameField({ max: 150 }),
  last_name: nameField({ max: 150 }),
});

/** Whether users of this site have a name of their own beside the one they sign in with. */
export function hasNames(): boolean {
  const { columns } = getUserModel();
  return 'firstName' in columns && 'lastName' in columns;
}

/**
 * Give whoever asks another first and last name, with the entry of the log, and let the user of the
 * request have them. False where nothing is different.
 * Django: contrib/auth/forms.py UserChangeForm, of these two fields
 */
export async function changeName(
  request: SecurityRequest & { user: User },
  names: z.output<typeof NameForm>,
): Promise<boolean> {
  const { user } = request;
  const next = { firstName: names.first_name, lastName: names.last_name };
  const changed = (['firstName', 'lastName'] as const).filter((name) => user[name] !== next[name]);
  if (changed.length === 0) return false;
  await transaction(async (tx) => {
    await updateSqlRows(tx, getUserModel(), { id: user.id }, next);
    const target = { id: user.id, username: user.getUsername() };
    await logSecurityEvent({
      name: 'user_updated',
      actor: user,
      target,
      request,
      detail: { changed },
      tx,
    });
  });
  user.firstName = next.firstName;
  user.lastName = next.lastName;
  return true;
}
