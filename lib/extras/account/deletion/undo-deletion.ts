import { z } from 'zod';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { db, transaction } from '@/lib/db/client';
import { updateSqlRows } from '@/lib/db/sql-delegate';
import { mailedToken } from '@/lib/extras/account/links/mailed-token';

const tokenContent = z.object({ user: z.number(), requested: z.number() });

/** The link that keeps an account which is to be deleted; the row says how long it does. */
export const undoDeletionToken = mailedToken(
  'undo-deletion',
  tokenContent,
  () => Number.POSITIVE_INFINITY,
);

/** Whose account an opened link keeps; null when it is too old, damaged or used, or the account is gone. */
export async function accountOfUndoDeletion(token: string, now = new Date()): Promise<User | null> {
  const content = undoDeletionToken.read(token);
  if (!content || (await db.accountDeletion.count({ where: undoable(content, now) })) === 0)
    return null;
  return findUser(getUserModel(), 'id', content.user);
}

/**
 * Keep the account of an opened link: it is active again, and nobody is signed in. Null, with nothing
 * done, when there is nothing to keep: it was kept, woken or deleted already, or is due, or the people who
 * run the site have taken the request away.
 */
export async function undoDeletion(
  request: SecurityRequest,
  token: string,
  now = new Date(),
): Promise<User | null> {
  const content = undoDeletionToken.read(token);
  if (!content) return null;
  return transaction(async (tx) => {
    await lockAccounts(tx, [content.user]);
    const user = await findUser(getUserModel(), 'id', content.user, tx);
    const { count } = await tx.accountDeletion.deleteMany({ where: undoable(content, now) });
    if (!user || user.isActive || count === 0) return null;
    await updateSqlRows(tx, getUserModel(), { id: user.id }, { isActive: true });
    const detail = { changed: ['isActive'], isActive: true, reason: 'deletion undone' };
    await logSecurityEvent({
      name: 'user_updated',
      actor: user,
      target: user,
      request,
      detail,
      tx,
    });
    return user;
  });
}

function undoable({ user, requested }: z.infer<typeof tokenContent>, now: Date) {
  return { userId: user, requested: new Date(requested), due: { gt: now } };
}
