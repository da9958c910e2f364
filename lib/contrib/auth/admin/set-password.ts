import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { passwordChanged } from '@/lib/contrib/auth/password-validation';
import { passwordRefusal } from '@/lib/contrib/auth/permissions/account-rules';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { endSessions } from '@/lib/contrib/sessions/store';
import { PermissionDenied } from '@/lib/core/exceptions';
import { transaction } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';

/**
 * Give `user` a password that somebody else chose, or with null none that can be used, end their
 * sessions and note it in the history and the security log, all in one transaction. False, with
 * nothing changed, when the user is gone. Throws PermissionDenied, with nothing changed, as
 * `passwordRefusal` says of the user as they are by then; of one's own password always. The caller
 * tells the person by mail, after the answer.
 * Django: UserAdmin.user_change_password
 */
export async function setUserPassword(
  request: SecurityRequest & { user: User },
  user: User,
  password: string | null,
): Promise<boolean> {
  await user.setPassword(password);
  const isDone = await transaction(async (tx) => {
    const account = (await lockAccounts(tx, [user.id])).get(user.id);
    if (!account) return false;
    const refusal = await passwordRefusal(request.user, account, tx);
    if (refusal !== null) throw new PermissionDenied(refusal);
    const data = { password: user.encodedPassword() };
    await updateSqlRows(tx, user.meta, { id: user.id }, data);
    const ended = { count: await endSessions(tx, { userId: user.id }) };
    await logActions(tx, request.user, modelMeta(userModelKey(user.meta)), [
      {
        flag: ACTION_FLAGS.change,
        object: { id: user.id, repr: user.username },
        messages: [{ changed: { fields: ['password'] } }],
      },
    ]);
    await logSecurityEvent({
      name: 'authn_password_change',
      actor: request.user,
      target: user,
      request,
      detail: { proof: 'admin', isUsable: password !== null, sessionsEnded: ended.count },
      tx,
    });
    return true;
  });
  if (isDone && password !== null) await passwordChanged(password, user);
  return isDone;
}
