import { brought } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/models';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import type { TransactionClient } from '@/lib/db/client';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** How many things of the app's somebody has that let them in without any other. */
    readonly waysIn?: readonly ((tx: TransactionClient, user: User) => Promise<number>)[];
  }
}

/** What whoever would take their last one is told. */
export const LAST_WAY_IN = 'It is the only way in that you have: add another one first.';

/**
 * How many ways to sign in somebody has left, inside the transaction that takes one and has locked them: a
 * password that their row has now, and what the installed apps count. Whoever takes the last one would
 * lock them out.
 * allauth: socialaccount/adapter.py validate_disconnect
 */
export async function waysInOf(tx: TransactionClient, userId: number): Promise<number> {
  const user = await findUser(getUserModel(), 'id', userId, tx);
  if (!user) return 0;
  let count = user.hasUsablePassword() ? 1 : 0;
  for (const counted of brought('waysIn')) count += await counted(tx, user);
  return count;
}
