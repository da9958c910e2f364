import { brought } from '@/lib/apps/registry';
import { admitsInactive } from '@/lib/contrib/auth/backends';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { clearExpired, endSessions } from '@/lib/contrib/sessions/store';
import { type Command, parseCommandArgs } from '@/lib/core/management/base';
import { chunksOf } from '@/lib/db/chunks';
import { db, transaction } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { clearUsed } from '@/lib/db/secrets/use-once';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * Delete the sessions that are over, and those of users whom Django deleted or deactivated beside
 * us, what was used once and has expired, and what the apps say is over, such as forgotten tries. Silent when it worked.
 * Django: contrib/sessions/management/commands/clearsessions.py
 */
export const command: Command = {
  name: 'clearsessions',
  help: 'Deletes the sessions that are over, those of deleted and inactive users, forgotten tries and what is used up.',
  async run(args) {
    parseCommandArgs({ args, options: {} });
    const { table, columns } = getUserModel();
    const mayStay = admitsInactive();
    await clearExpired();
    const over = await db.$queryRaw<{ id: number }[]>`
      SELECT id FROM auth_session WHERE user_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM ${identifier(table)} u
        WHERE u.${identifier(columns['id'] ?? 'id')} = auth_session.user_id
          AND (u.${identifier(columns['isActive'] ?? 'is_active')} = ${true} OR ${mayStay}))`;
    for (const chunk of chunksOf(over.map(({ id }) => id))) {
      await transaction((tx) => endSessions(tx, { id: { in: [...chunk] } }));
    }
    // What belongs to a session is over once the session is gone.
    for (const clear of brought('clearExpired')) await clear();
    await clearUsed();
    return 0;
  },
};
