import type { Change } from '@/lib/contrib/admin/options';
import { sendIdentityMails } from '@/lib/contrib/auth/mails/identity-mails';
import { users } from '@/lib/contrib/auth/users/managers';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';

/**
 * Tell the person by mail, at the former address too, that their address or name was changed. For
 * the time after the answer.
 */
export async function tellUser(
  { before, values, id }: Change<object & { id: number }> & { id: number },
  done: { when: Date; origin: string },
): Promise<void> {
  if (!before) return;
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  const column = { email: EMAIL_FIELD, username: USERNAME_FIELD };
  const isMoved = (name: string) => name in values && Reflect.get(before, name) !== values[name];
  // Where people sign in with their address both are the same, and it is told as the address.
  const names =
    EMAIL_FIELD === USERNAME_FIELD ? (['email'] as const) : (['email', 'username'] as const);
  const fields = names.filter((name) => isMoved(column[name]));
  const user = fields.length > 0 ? await users.getById(id) : null;
  if (!user) return;
  const former = {
    username: String(Reflect.get(before, USERNAME_FIELD)),
    email: String(Reflect.get(before, EMAIL_FIELD)),
  };
  await sendIdentityMails(user, { before: former, fields }, done);
}
