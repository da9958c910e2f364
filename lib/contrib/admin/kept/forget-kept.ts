import { keyOf } from '@/lib/contrib/admin/meta';
import { djangoJson } from '@/lib/contrib/admin/models';
import { getContentType } from '@/lib/contrib/contenttypes/models';
import { chunksOf } from '@/lib/db/chunks';
import type { TransactionClient } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { isKept, keptIn } from './kept-changes';

/**
 * Forget what the history keeps of rows that are about to go: that they were changed stays, what they
 * held goes with them. For the signal that is sent before rows are deleted.
 * GDPR, article 17
 */
export async function forgetKept({
  tx,
  prismaName,
  column,
  ids,
}: {
  tx: TransactionClient;
  prismaName: string;
  column: string;
  ids: readonly RowId[];
}): Promise<void> {
  if (column !== 'id') return;
  const [appLabel = '', modelName = ''] = keyOf(prismaName)?.split('.') ?? [];
  const contentType = await getContentType(appLabel, modelName, tx);
  if (!contentType) return;
  for (const chunk of chunksOf(ids.map(String))) {
    const entries = await tx.logEntry.findMany({
      where: {
        contentTypeId: contentType.id,
        objectId: { in: [...chunk] },
        changeMessage: { contains: '{"was"' },
      },
      select: { id: true, changeMessage: true },
    });
    for (const { id, changeMessage } of entries) {
      if (keptIn(changeMessage) === null) continue;
      const data = { changeMessage: withoutKept(changeMessage) };
      await tx.logEntry.updateMany({ where: { id }, data });
    }
  }
}

function withoutKept(changeMessage: string): string {
  const messages: unknown = JSON.parse(changeMessage);
  return djangoJson(Array.isArray(messages) ? messages.filter((each) => !isKept(each)) : messages);
}
