import { db } from '@/lib/db/client';

/** What the security log has of what was done to somebody, oldest first. */
export function eventsAbout(targetId: number) {
  return db.securityLogEntry.findMany({ where: { targetId }, orderBy: { id: 'asc' } });
}
