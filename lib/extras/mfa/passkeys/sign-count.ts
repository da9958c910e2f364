import type { TransactionClient } from '@/lib/db/client';
import type { VerifiedAssertion } from './verify-assertion';

/**
 * Keep the counter of a verified answer, if it is further than the one that is kept, or if both are 0
 * for ever, as those of synced passkeys are. One statement decides, so of two answers with one counter
 * the first is `right`. One that has been passed says that two authenticators have the key: `copied` is
 * the first time, from which on the row says so, and `copied again` each further one. What has signed in
 * alone, is kept as able to.
 * WebAuthn L3 6.1.1 Signature Counter Considerations
 */
export async function takeSignCount(
  tx: TransactionClient,
  id: number,
  {
    signCount,
    backedUp,
    isAlone = false,
  }: Pick<VerifiedAssertion, 'signCount' | 'backedUp'> & { isAlone?: boolean },
  now = new Date(),
): Promise<'right' | 'copied' | 'copied again'> {
  const taken = await tx.$executeRaw`
    UPDATE auth_passkey SET sign_count = ${signCount}, backed_up = ${backedUp}, last_used = ${now},
      passwordless = (passwordless OR ${isAlone})
    WHERE id = ${id} AND (sign_count < ${signCount} OR (sign_count = 0 AND ${signCount === 0}))`;
  if (taken === 1) return 'right';
  const marked = await tx.$executeRaw`
    UPDATE auth_passkey SET copy_seen = ${now} WHERE id = ${id} AND copy_seen IS NULL`;
  return marked === 1 ? 'copied' : 'copied again';
}
