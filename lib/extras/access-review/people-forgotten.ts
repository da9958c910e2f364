import type { TransactionClient } from '@/lib/db/client';

/** What goes with users: that they were confirmed. What they confirmed stays, under the name that they had. */
export async function forgetPeople(tx: TransactionClient, ids: readonly number[]): Promise<void> {
  const theirs = { in: [...ids] };
  await tx.accessReviewHolder.deleteMany({ where: { userId: theirs } });
  await tx.accessReview.updateMany({
    where: { reviewerId: theirs },
    data: { reviewerId: null },
  });
}
