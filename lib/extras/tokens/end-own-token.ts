import type { SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { transaction } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';
import { type Ended, endTokens } from './end-tokens';

/**
 * End a token of whoever asks, by the id in a form, and note it, in one transaction. Null when the id
 * is none, not theirs, or ended already: they look alike.
 */
export function endOwnToken(
  request: SecurityRequest & { user: User },
  id: unknown,
): Promise<Ended | null> {
  const number = typeof id === 'string' ? parseId(id) : null;
  if (number === null) return Promise.resolve(null);
  const { user: actor } = request;
  return transaction(async (tx) => {
    const isTheirs = await tx.token.count({ where: { id: number, userId: actor.id } });
    if (isTheirs === 0) return null;
    const ending = { reason: 'ended by its owner', actor, request };
    const [ended = null] = await endTokens(tx, [number], ending);
    return ended;
  });
}
