import { allConfigs } from '@/lib/apps/registry';
import { endSessions } from '@/lib/contrib/sessions/store';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';

/**
 * Deletes what an app keeps of users that are about to be deleted, in tables that name them without
 * a foreign key. At most a thousand ids at a time.
 */
type UserDeletion = (tx: TransactionClient, ids: readonly number[]) => Promise<unknown>;

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What goes with users: called in the transaction that deletes them, also while the app is out. */
    readonly userDeletion?: UserDeletion;
  }
}

/**
 * Delete what goes with users of the model in use though no foreign key says so: their sessions, and
 * what any app of the site says, in or out, since the tables of one that is out stay. In the
 * transaction of the caller; what an app throws undoes the deletion.
 * Django: no counterpart; there a receiver of pre_delete
 */
export async function deleteWithUsers(
  tx: TransactionClient,
  ids: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(ids)) {
    await endSessions(tx, { userId: { in: [...chunk] } });
    for (const { userDeletion } of allConfigs()) await userDeletion?.(tx, chunk);
  }
}
