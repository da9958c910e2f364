import { logSecurityEvents, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { RequestUser } from '@/lib/contrib/auth/models';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';

/** Who ends tokens, and why. */
type Ending = { reason: string; actor?: RequestUser; request?: SecurityRequest };

/** A token that has just been ended. */
export type Ended = { id: number; userId: number; start: string; name: string };

/**
 * End these tokens, by id, those that have not ended before, and note each, in the transaction of the
 * caller: none is good for a request that comes after it. Returns those that it ended.
 */
export async function endTokens(
  tx: TransactionClient,
  ids: readonly number[],
  { reason, actor, request }: Ending,
): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (const chunk of chunksOf(ids)) {
    const where = { id: { in: chunk }, revoked: null };
    const select = { id: true, userId: true, start: true, name: true } as const;
    ended.push(...(await tx.token.findMany({ where, select })));
    await tx.token.updateMany({ where, data: { revoked: new Date() } });
  }
  const names = await userNames(
    ended.map(({ userId }) => userId),
    tx,
  );
  await logSecurityEvents(
    ended.map(({ userId, start }) => ({
      name: 'authn_token_revoked' as const,
      target: { id: userId, username: names.get(userId)?.username ?? '' },
      ...(actor && { actor }),
      ...(request && { request }),
      detail: { kind: 'token', start, reason },
    })),
    tx,
  );
  return ended;
}

/** End all tokens of somebody, likewise. */
export async function endTokensOf(
  tx: TransactionClient,
  userId: number,
  ending: Ending,
): Promise<Ended[]> {
  const rows = await tx.token.findMany({ where: { userId, revoked: null }, select: { id: true } });
  return endTokens(
    tx,
    rows.map(({ id }) => id),
    ending,
  );
}
