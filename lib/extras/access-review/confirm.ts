import { digestOfIds } from '@/lib/contrib/admin/list/selection';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { ValidationError } from '@/lib/core/exceptions';
import { transaction } from '@/lib/db/client';
import { logDetail } from './log-detail';
import { holderIds } from './reviews';
import type { Subject } from './subject';

type Asked = { note: string; digest: string };

// Rows of one statement.
const BATCH = 1000;

/**
 * Keep that somebody has found those who hold something to hold it rightly, with the log entry. `digest`
 * is what they read. Throws ValidationError where others hold it by now, or too many do.
 * Django: no counterpart
 */
export async function confirmHolders(
  request: SecurityRequest & { readonly user: User },
  subject: Subject,
  { note, digest }: Asked,
): Promise<number> {
  const { user } = request;
  return transaction(async (tx) => {
    const ids = await holderIds(tx, subject);
    if (ids === null)
      throw new ValidationError('There are too many to confirm at once.', 'too_many');
    if (digestOfIds(ids) !== digest) {
      throw new ValidationError(
        'Others hold it by now than when you opened this page. Read below who was added, then confirm.',
        'others',
      );
    }
    const { id: reviewId } = await tx.accessReview.create({
      data: {
        kind: subject.kind,
        objectId: subject.id,
        objectRepr: subject.name,
        reviewerId: user.id,
        reviewer: user.getUsername(),
        confirmed: new Date(),
        note,
        holders: ids.length,
      },
      select: { id: true },
    });
    for (let start = 0; start < ids.length; start += BATCH) {
      const people = ids.slice(start, start + BATCH).map((userId) => ({ reviewId, userId }));
      await tx.accessReviewHolder.createMany({ data: people });
    }
    await logSecurityEvent({
      name: 'authz_admin',
      actor: user,
      request,
      detail: { ...logDetail(subject, 'confirmed'), accessReview: reviewId, holders: ids.length },
      tx,
    });
    return ids.length;
  });
}
