import { type Confirmation, REVIEW_FIELDS } from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import type { Answer } from '@/tests/support/plain-source';

/** What somebody says who has read the review of this digest, and types what it asks for besides. */
export function read(digest: string | null, said: Partial<Confirmation> = {}): Confirmation {
  return { digest, count: '', reason: '', ...said };
}

/** The same as fields of a form. */
export function saidOf({ digest, losers }: RightsReview): Record<string, string> {
  return { [REVIEW_FIELDS.digest]: digest, [REVIEW_FIELDS.count]: String(losers) };
}

const ANSWERS = ['admin.form', 'admin.review', 'admin.deletion'];

/** The review that an action answers with; null where it answers otherwise. */
export function reviewIn({ notes }: Answer): RightsReview | null {
  for (const name of ANSWERS) {
    const answer: unknown = notes.answers?.get(name);
    const review = reviewOf(answer);
    if (review) return review;
  }
  return null;
}

/**
 * Send a form as somebody who reads what they are asked to read, and means it: once more with what
 * they say of the review.
 */
export async function sendRead(
  form: FormData,
  send: (form: FormData) => Promise<Answer>,
): Promise<Answer> {
  const answer = await send(form);
  const review = reviewIn(answer);
  if (!review) return answer;
  for (const [name, value] of Object.entries(saidOf(review))) form.set(name, value);
  return send(form);
}

function reviewOf(answer: unknown): RightsReview | null {
  if (typeof answer !== 'object' || answer === null) return null;
  if ('unread' in answer) return reviewOf(answer.unread);
  if ('deletion' in answer) return reviewOf(answer.deletion);
  return 'review' in answer ? (answer.review as RightsReview | null) : null;
}
