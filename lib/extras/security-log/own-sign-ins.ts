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

const ROW = { id: true, time: true, event: true, ipAddress: true, userAgent: true } as const;

/** The last sign-ins of a person, the last one first. One statement, along the index of who did something. */
export function lastSignIns(userId: number, most: number) {
  return entriesOf({ actorId: userId, event: { in: SUCCESSES } }, most);
}

/**
 * The last sign-ins of a person and the tries that failed at their name, the last first, thirty at most.
 * Two statements, along the indexes of who did something and to whom it was done.
 * Django: no counterpart
 */
export async function ownSignIns(userId: number): Promise<OwnSignIn[]> {
  const rows = [
    ...(await lastSignIns(userId, MOST)),
    ...(await entriesOf({ targetId: userId, event: FAILURE }, MOST)),
  ];
  return rows
    .toSorted((a, b) => b.id - a.id)
    .slice(0, MOST)
    .map(({ event, ...row }) => ({ ...row, isFailure: event === FAILURE }));
}

type Wanted =
  | { actorId: number; event: { in: OwaspEventName[] } }
  | { targetId: number; event: string };

function entriesOf(where: Wanted, take: number) {
  return db.securityLogEntry.findMany({ where, select: ROW, orderBy: { id: 'desc' }, take });
}
