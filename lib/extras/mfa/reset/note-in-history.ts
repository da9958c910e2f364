import { modelMeta } from '@/lib/contrib/admin/meta';
import { ACTION_FLAGS, logActions } from '@/lib/contrib/admin/models';
import type { User } from '@/lib/contrib/auth/models';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import type { TransactionClient } from '@/lib/db/client';

/** Note in the admin's history of a person that somebody has changed their second factors. */
export async function noteInHistory(tx: TransactionClient, by: User, target: User): Promise<void> {
  await logActions(tx, by, modelMeta(userModelKey(target.meta)), [
    {
      flag: ACTION_FLAGS.change,
      object: { id: target.id, repr: target.username },
      messages: [{ changed: { fields: ['second factors'] } }],
    },
  ]);
}
