import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { deleteCascading } from '@/lib/contrib/auth/users/cascade';
import { graphNameOf } from '@/lib/contrib/auth/users/model-graph';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { getLogger } from '@/lib/core/logging';
import { db, transaction } from '@/lib/db/client';
import { isForeignKeyViolation } from '@/lib/db/errors';
import { logDeleted } from './own-deletion';

const logger = getLogger('account');

/**
 * Delete the accounts whose owners asked for it and whose time to think is over, each in a transaction
 * of its own; one that was woken meanwhile is kept, and no longer asked for. Returns how many are gone.
 */
export async function deleteDueAccounts(now = new Date()): Promise<number> {
  const rows = await db.accountDeletion.findMany({
    where: { due: { lte: now } },
    select: { userId: true },
    orderBy: { id: 'asc' },
  });
  let deleted = 0;
  for (const { userId } of rows) {
    try {
      if (await deleteDue(userId, now)) deleted += 1;
    } catch (error) {
      if (!isForeignKeyViolation(error)) throw error;
      logger.error('An account cannot be deleted: rows of another application name it.', {
        userId,
      });
    }
  }
  return deleted;
}

function deleteDue(userId: number, now: Date): Promise<boolean> {
  return transaction(async (tx) => {
    await lockAccounts(tx, [userId]);
    const { count } = await tx.accountDeletion.deleteMany({ where: { userId, due: { lte: now } } });
    const user = await findUser(getUserModel(), 'id', userId, tx);
    if (!user || user.isActive || count === 0) return false;
    await logDeleted(tx, user);
    return (await deleteCascading(tx, graphNameOf(getUserModel()), [userId])) > 0;
  });
}
