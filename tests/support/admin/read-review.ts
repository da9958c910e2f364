import { type Confirmation, REVIEW_FIELDS } from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';

/** What somebody says who has read the review of this digest, and types what it asks for besides. */
export function read(digest: string | null, said: Partial<Confirmation> = {}): Confirmation {
  return { digest, count: '', reason: '', ...said };
}

/** The same as fields of a form. */
export function saidOf({ digest, losers }: RightsReview): Record<string, string> {
  return { [REVIEW_FIELDS.digest]: digest, [REVIEW_FIELDS.count]: String(losers) };
}
