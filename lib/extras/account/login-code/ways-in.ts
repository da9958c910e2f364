import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import type { TransactionClient } from '@/lib/db/client';

/** Whether somebody can be mailed a code that lets them in. */
export async function codeWaysIn(
  _tx: TransactionClient,
  { email }: Pick<User, 'email'>,
): Promise<number> {
  return settings.ACCOUNT_LOGIN_BY_CODE_ENABLED && email !== '' ? 1 : 0;
}
