import { db } from '@/lib/db/client';

const ACTS: Readonly<Record<number, string>> = { 1: 'added', 2: 'changed', 3: 'deleted' };

/**
 * What a person did in the admin: when, and to which kind of thing. What the things are called is left
 * out, since they may be other people.
 * GDPR, article 15
 */
export async function exportHistory({ id: userId }: { id: number }) {
  const entries = await db.logEntry.findMany({
    where: { userId },
    include: { contentType: true },
    orderBy: { id: 'asc' },
  });
  return {
    history: entries.map(({ actionTime, actionFlag, objectId, contentType }) => ({
      time: actionTime,
      act: ACTS[actionFlag] ?? String(actionFlag),
      model: contentType ? `${contentType.appLabel}.${contentType.model}` : '',
      id: objectId ?? '',
    })),
  };
}
