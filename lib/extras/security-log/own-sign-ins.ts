import type { OwaspEventName } from '@/lib/contrib/auth/events/security-events';
import { db } from '@/lib/db/client';

/** A sign-in, or a try at one, as the person sees it. */
export type OwnSignIn = {
  id: number;
  time: Date;
  isFailure: boolean;
  ipAddress: string;
  userAgent: string;
};

const SUCCESSES: OwaspEventName[] = ['authn_login_success', 'authn_login_successafterfail'];
const FAILURE: OwaspEventName = 'authn_login_fail';

const MOST = 30;

/**
 * The last sign-ins of a person and the tries that failed at their name, the last first, thirty at most.
 * Two statements, along the indexes of who did something and to whom it was done.
 * Django: no counterpart
 */
export async function ownSignIns(userId: number): Promise<OwnSignIn[]> {
  const found = (where: object) =>
    db.securityLogEntry.findMany({
      where,
      select: { id: true, time: true, event: true, ipAddress: true, userAgent: true },
      orderBy: { id: 'desc' },
      take: MOST,
    });
  const rows = [
    ...(await found({ actorId: userId, event: { in: SUCCESSES } })),
    ...(await found({ targetId: userId, event: FAILURE })),
  ];
  return rows
    .toSorted((a, b) => b.id - a.id)
    .slice(0, MOST)
    .map(({ event, ...row }) => ({ ...row, isFailure: event === FAILURE }));
}
