import type { MatrixReview } from '@/lib/extras/matrix/matrix-review';
import { pageAnswer } from '@/lib/http/page-answer';

/** What the action answers with: changes to review, or to go on with. */
export type MatrixAnswer = {
  /** As the form carries them. */
  changes: string;
  review?: MatrixReview;
  /** Why it was not saved, besides what the review says. */
  notice?: string;
  countError?: string;
  /** As it was typed. */
  reason?: string;
  stepUpError?: string;
};

export const matrixAnswer = pageAnswer<MatrixAnswer>('matrix');
