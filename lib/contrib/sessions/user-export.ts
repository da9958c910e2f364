import { db } from '@/lib/db/client';
import { IMPERSONATOR_KEY } from './row';

/**
 * The sessions of a person: when and where from, and nothing by which one could be used. One in which
 * somebody acts as them is that other person's, and left out.
 * GDPR, article 15
 */
export async function exportSessions({ id: userId }: { id: number }) {
  const rows = await db.session.findMany({
    where: { userId },
    select: {
      sessionData: true,
      created: true,
      lastSeen: true,
      expireDate: true,
      ipAddress: true,
      userAgent: true,
    },
    orderBy: { id: 'asc' },
  });
  const sessions = rows.flatMap(({ sessionData, ...session }) =>
    Object.hasOwn(JSON.parse(sessionData), IMPERSONATOR_KEY) ? [] : [session],
  );
  return { sessions };
}
