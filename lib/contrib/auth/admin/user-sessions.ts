import { endSessionsOf } from '@/lib/contrib/sessions/store';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';

// Prisma splits long lists of ids, but not those of a groupBy: on SQLite it refuses them.
const MOST_GROUPED = 500;

/**
 * End the sessions of these users for good, their rows gone, but for the one of id `kept`. Returns
 * how many each had, by id of the user; who had none is left out.
 */
export async function endAllSessions(
  tx: TransactionClient,
  userIds: readonly number[],
  kept: number | null = null,
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const chunk of chunksOf(userIds, MOST_GROUPED)) {
    const where = { userId: { in: chunk }, ...(kept !== null && { id: { not: kept } }) };
    const found = await tx.session.groupBy({ by: ['userId'], where, _count: { id: true } });
    for (const { userId, _count } of found) counts.set(userId ?? 0, _count.id);
    await endSessionsOf(tx, chunk, kept);
  }
  return counts;
}

/** What the security log keeps of it. */
export function endedDetail(count: number | undefined): { sessionsEnded?: number } {
  return count === undefined ? {} : { sessionsEnded: count };
}

/** The number as people are told it. */
export function sessionsEnded(count: number): string {
  return count === 1 ? '1 session ended' : `${count.toLocaleString('en')} sessions ended`;
}
