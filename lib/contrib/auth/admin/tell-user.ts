import type { Change } from '@/lib/contrib/admin/options';
import { sendIdentityMails } from '@/lib/contrib/auth/mails/identity-mails';
import { users } from '@/lib/contrib/auth/users/managers';

/**
 * Tell the person by mail, at the former address too, that their address or name was changed. For
 * the time after the answer.
 */
export async function tellUser(
  { before, values, id }: Change<object & { id: number }> & { id: number },
  done: { when: Date; origin: string },
): Promise<void> {
  if (!before) return;
  const fields = (['email', 'username'] as const).filter(
    (name) => name in values && Reflect.get(before, name) !== values[name],
  );
  const user = fields.length > 0 ? await users.getById(id) : null;
  if (!user) return;
  const former = {
    username: String(Reflect.get(before, 'username')),
    email: String(Reflect.get(before, 'email')),
  };
  await sendIdentityMails(user, { before: former, fields }, done);
}
