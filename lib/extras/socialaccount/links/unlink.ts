import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { LAST_WAY_IN, waysInOf } from '@/lib/contrib/auth/sign-in/ways-in';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { deleteCascading } from '@/lib/contrib/auth/users/cascade';
import { transaction } from '@/lib/db/client';
import { logLink } from './social-accounts';

/**
 * Remove one of somebody's own links. Gives the provider's id, or why not: it is theirs no more, or their
 * last way in.
 * allauth: socialaccount/adapter.py validate_disconnect
 */
export async function removeLink(
  request: SecurityRequest & { user: User },
  id: number,
): Promise<{ provider: string } | { error: string }> {
  const { user } = request;
  return transaction(async (tx) => {
    await lockAccounts(tx, [user.id]);
    const where = { id, userId: user.id };
    const link = await tx.socialAccount.findFirst({ where });
    if (!link) return { error: 'That is none of your links.' };
    await deleteCascading(tx, 'SocialAccount', [id]);
    if ((await waysInOf(tx, user.id)) === 0) throw new LastWayIn();
    const { provider } = link;
    await logLink(tx, request, user, { name: 'authn_token_revoked', provider, actor: user });
    return { provider };
  }).catch((error: unknown) => {
    if (error instanceof LastWayIn) return { error: LAST_WAY_IN };
    throw error;
  });
}

/** Undoes the transaction. */
class LastWayIn extends Error {}
