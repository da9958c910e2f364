import { db } from '@/lib/db/client';

/**
 * The events that a person caused, that were about them, or that somebody caused acting as them. Where somebody else was the other one, who
 * that was and where they did it from is left out, and of what the person did to others the detail.
 * The hashes by which the log tells sessions apart are left out too.
 * GDPR, article 15 (4)
 */
export async function exportEvents({ id }: { id: number }) {
  const entries = await db.securityLogEntry.findMany({
    where: { OR: [{ actorId: id }, { targetId: id }, { subjectId: id }] },
    orderBy: { id: 'asc' },
  });
  return {
    events: entries.map((entry) => {
      const { time, event, actorId, subjectId, targetId, ipAddress, userAgent, detail } = entry;
      // Nobody is named as the actor of a refused sign-in: whoever tried may be a stranger.
      const isOwnAct = actorId === id;
      const isAboutThem = (targetId ?? subjectId ?? id) === id;
      return {
        time,
        event,
        by: isOwnAct ? 'you' : 'somebody else',
        ...(subjectId === id && { as: 'you' }),
        to: isAboutThem ? 'you' : 'somebody else',
        ...(isOwnAct && { ipAddress, userAgent }),
        ...(isAboutThem && { detail: withoutHashes(detail) }),
      };
    }),
  };
}

// Of a session that began or was ended, whichever event says so.
function withoutHashes(detail: string): string {
  const kept = Object.entries(JSON.parse(detail)).filter(([, value]) => !isHash(value));
  return JSON.stringify(Object.fromEntries(kept));
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
