import { type Command, parseCommandArgs } from '@/lib/core/management/base';
import { db } from '@/lib/db/client';
import { clearExpired } from '@/lib/sessions/store';

/**
 * Delete the sessions that are over, and those of users whom Django deleted beside us. Silent when
 * it worked.
 * Django: contrib/sessions/management/commands/clearsessions.py
 */
export const command: Command = {
  name: 'clearsessions',
  help: 'Deletes the sessions that are over and those of deleted users.',
  async run(args) {
    parseCommandArgs({ args, options: {} });
    await clearExpired();
    await db.$executeRaw`
      DELETE FROM auth_session WHERE user_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM auth_user WHERE auth_user.id = auth_session.user_id)`;
    return 0;
  },
};
