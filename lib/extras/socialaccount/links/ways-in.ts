import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import type { TransactionClient } from '@/lib/db/client';

/** How many of somebody's links let them in: those to providers that are configured. */
export function linkWaysIn(tx: TransactionClient, { id }: Pick<User, 'id'>): Promise<number> {
  const providers = settings.SOCIALACCOUNT_PROVIDERS.map((each) => each.id);
  return tx.socialAccount.count({ where: { userId: id, provider: { in: providers } } });
}
