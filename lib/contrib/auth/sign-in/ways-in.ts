import { brought } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/models';
import type { TransactionClient } from '@/lib/db/client';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** How many things of the app's somebody has that let them in without any other. */
    readonly waysIn?: readonly ((tx: TransactionClient, user: User) => Promise<number>)[];
  }
}

/**
 * How many ways to sign in somebody has left, inside the transaction that takes one: a password, and what
 * the installed apps count. Whoever takes the last one would lock them out.
 * allauth: socialaccount/adapter.py validate_disconnect
 */
export async function waysInOf(tx: TransactionClient, user: User): Promise<number> {
  let count = user.hasUsablePassword() ? 1 : 0;
  for (const counted of brought('waysIn')) count += await counted(tx, user);
  return count;
}
