import { db } from '@/lib/db/client';

const TIMES = { started: true, ended: true } as const;

/**
 * When somebody acted as a person, and why, and when that person acted as others: not who, since that is
 * somebody else.
 * GDPR, article 15 (4)
 */
export async function exportImpersonations({ id }: { id: number }) {
  const asThem = await db.impersonation.findMany({
    where: { userId: id },
    select: { reason: true, ...TIMES },
    orderBy: { id: 'asc' },
  });
  const asOthers = await db.impersonation.findMany({
    where: { impersonatorId: id },
    select: TIMES,
    orderBy: { id: 'asc' },
  });
  return { asThem, asOthers };
}
