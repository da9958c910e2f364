import { db } from '@/lib/db/client';

/**
 * What a person confirmed of others' access, without these others, and what was confirmed of theirs,
 * without who did. GDPR, article 15
 */
export async function exportReviews({ id }: { id: number }) {
  const accessReviews = await db.accessReview.findMany({
    where: { reviewerId: id },
    select: { kind: true, objectRepr: true, confirmed: true, note: true },
    orderBy: { id: 'asc' },
  });
  const held = await db.accessReviewHolder.findMany({
    where: { userId: id },
    select: { review: { select: { kind: true, objectRepr: true, confirmed: true } } },
    orderBy: { id: 'asc' },
  });
  return { accessReviews, confirmedOfYou: held.map(({ review }) => review) };
}
