import type { User } from '@/lib/contrib/auth/models';
import type { TransactionClient } from '@/lib/db/client';
import { countFactors } from '@/lib/extras/mfa/possession';
import type { HttpRequest } from '@/lib/http/request';

/**
 * Whether whoever asks may give this person another factor, once nobody else changes theirs: somebody
 * on their way in only the first one. Whoever knows the password alone might have waited here until
 * the owner had set up theirs.
 */
export async function mayAddFactor(
  request: Pick<HttpRequest, 'user'>,
  user: User,
  tx: TransactionClient,
): Promise<boolean> {
  return request.user.equals(user) || (await countFactors(tx, user.id)) === 0;
}
