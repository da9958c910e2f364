import { db } from '@/lib/db/client';

/**
 * The events that a person caused or that were about them. Where somebody else was the other one, who
 * that was and where they did it from is left out, and of what the person did to others the detail.
 * GDPR, article 15 (4)
 */
export async function exportEvents({ id }: { id: number }) {
  const entries = await db.securityLogEntry.findMany({
    where: { OR: [{ actorId: id }, { targetId: id }] },
    orderBy: { id: 'asc' },
  });
  return {
    events: entries.map(({ time, event, actorId, targetId, ipAddress, userAgent, detail }) => {
      // Nobody is named as the actor of a refused sign-in: whoever tried may be a stranger.
      const isOwnAct = actorId === id;
      const isAboutThem = targetId === id || targetId === null;
      return {
        time,
        event,
        by: isOwnAct ? 'you' : 'somebody else',
        to: isAboutThem ? 'you' : 'somebody else',
        ...(isOwnAct && { ipAddress, userAgent }),
        ...(isAboutThem && { detail }),
      };
    }),
  };
}
