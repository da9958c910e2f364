import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { db } from '@/lib/db/client';
import { forgetEndedSessions } from './logout/oidc-sessions';

/**
 * Forget by which sign-in a session began that is over, and where memberships came from of users and
 * groups that are gone, by Django beside us say.
 */
export async function clearGone(): Promise<void> {
  await forgetEndedSessions(db);
  const id = userColumn('id', 'u', getUserModel());
  await db.$executeRaw`
    DELETE FROM auth_group_source WHERE group_id NOT IN (SELECT id FROM auth_group)
      OR NOT EXISTS (SELECT 1 FROM ${userTable()} u WHERE ${id} = auth_group_source.user_id)`;
}
