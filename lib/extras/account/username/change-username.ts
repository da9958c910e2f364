import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { getUserModel, verboseName } from '@/lib/contrib/auth/users/user-model';
import { ValidationError } from '@/lib/core/exceptions';
import { transaction } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { refuseTaken } from '@/lib/db/unique';
import { retireUsername } from './retired';
import { isUsernameTaken } from './taken';

/**
 * Give whoever asks another username, and keep the former one from everybody for a while. Sessions stay.
 * Returns the former name, and lets the user of the request have the new one. Throws ValidationError at
 * the field for a name that is taken, reserved, or the same.
 * allauth: no counterpart
 */
export async function changeUsername(
  request: SecurityRequest & { user: User },
  username: string,
): Promise<string> {
  const model = getUserModel();
  const { USERNAME_FIELD, columns, table } = model;
  const words = `A user with that ${verboseName(model, USERNAME_FIELD)} already exists.`;
  const refuse = (message: string, code: string) => {
    throw new ValidationError(message, code, USERNAME_FIELD);
  };
  const { user } = request;
  const former = await refuseTaken(table, { [columns[USERNAME_FIELD] ?? '']: words }, () =>
    transaction(async (tx) => {
      const account = (await lockAccounts(tx, [user.id])).get(user.id);
      if (!account || account.username === username) {
        return refuse('This is your username already.', 'same');
      }
      if (await isUsernameTaken(tx, username, account)) return refuse(words, 'unique');
      await updateSqlRows(tx, model, { id: user.id }, { [USERNAME_FIELD]: username });
      await retireUsername(tx, account.username);
      const detail = { changed: ['username'], former: account.username };
      const target = { id: user.id, username };
      await logSecurityEvent({ name: 'user_updated', actor: user, target, request, detail, tx });
      return account.username;
    }),
  );
  user.username = username;
  return former;
}
