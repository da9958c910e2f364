import { db } from '@/lib/db/client';

/**
 * The sessions of a person: when and where from, and nothing by which one could be used.
 * GDPR, article 15
 */
export async function exportSessions({ id: userId }: { id: number }) {
  const sessions = await db.session.findMany({
    where: { userId },
    select: { created: true, lastSeen: true, expireDate: true, ipAddress: true, userAgent: true },
    orderBy: { id: 'asc' },
  });
  return { sessions };
}
