import { db } from '@/lib/db/client';

// What the log has of tries that are counted here.
const TRIES = ['authn_login_fail', 'authn_login_fail_max', 'excess_rate_limit_exceeded'];

/** People at whom the log has failed tries since a moment: their ids, `most` of them. */
export async function triedPeople(since: Date, most: number): Promise<number[]> {
  const entries = await db.securityLogEntry.findMany({
    where: { event: { in: TRIES }, time: { gte: since }, targetId: { not: null } },
    select: { targetId: true },
    distinct: ['targetId'],
    take: most,
  });
  return entries.flatMap(({ targetId }) => targetId ?? []);
}
