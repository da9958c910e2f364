import type { User } from '@/lib/contrib/auth/models';
import type { TransactionClient } from '@/lib/db/client';
import { isPasskeyLoginEnabled } from './passkeys/login';

/** How many passkeys somebody has that let them in without a password. */
export async function passkeyWaysIn(
  tx: TransactionClient,
  { id }: Pick<User, 'id'>,
): Promise<number> {
  if (!isPasskeyLoginEnabled()) return 0;
  return tx.passkey.count({ where: { userId: id, passwordless: true } });
}
