import { codePointLength, hasNul } from '@/lib/forms/fields';
import { isFelt } from './effects';
import type { RightsReview } from './review';

/** The names of the fields in which somebody says that they have read a review. */
export const REVIEW_FIELDS = {
  digest: '_reviewed',
  count: '_count',
  reason: '_reason',
} as const;

/** The names of the buttons of a review. */
export const REVIEW_BUTTONS = { confirm: '_confirm', edit: '_edit' } as const;

// Of more people than these, who would lose something, the number is typed.
const MOST_UNCOUNTED = 20;

/** How long a reason may be, in code points. */
export const LONGEST_REASON = 500;

/** What somebody says of a review: which one they have read, how many it costs something, and why. */
export type Confirmation = {
  /** The digest; null of who has read none. */
  digest: string | null;
  /** As it was typed. */
  count: string;
  reason: string;
};

/** Why something is not done yet: it has to be read first, or something is wrong with the answer. */
export type Unconfirmed = { review: RightsReview; notice?: string; countError?: string };

/** What a form says of a review. */
export function readConfirmation(form: FormData): Confirmation {
  const textOf = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : null;
  };
  return {
    digest: textOf(REVIEW_FIELDS.digest),
    count: textOf(REVIEW_FIELDS.count) ?? '',
    reason: textOf(REVIEW_FIELDS.reason) ?? '',
  };
}

/** Whether so many lose something that their number is typed. */
export function asksForCount({ losers }: Pick<RightsReview, 'losers'>): boolean {
  return losers > MOST_UNCOUNTED;
}

/**
 * Whether somebody has read this review, made anew where it is written, and means it: null, or what
 * they are shown once more. This is the only place that says so, of every change of rights.
 */
export function whyNotConfirmed(
  review: RightsReview,
  { digest, count, reason }: Confirmation,
): Unconfirmed | null {
  if (digest === null) return { review };
  if (digest !== review.digest) return { review, notice: NOT_AS_READ };
  if (hasNul(reason) || codePointLength(reason) > LONGEST_REASON) {
    return { review, notice: `Nothing was saved: a reason has at most ${LONGEST_REASON} letters.` };
  }
  if (asksForCount(review) && count.replace(/[\s,.]/g, '') !== String(review.losers)) {
    return { review, countError: countError(review, count) };
  }
  return null;
}

/**
 * As `whyNotConfirmed`, of what may move no right, or none that somebody feels, and where perhaps no page
 * asks (`confirmation` is undefined): then there is nothing to be read.
 */
export function whyUnread(
  review: RightsReview | null,
  confirmation: Confirmation | undefined,
): Unconfirmed | null {
  if (!confirmation || !review || !isFelt(review)) return null;
  return whyNotConfirmed(review, confirmation);
}

/** What stands above a review that has become another one since it was read. */
export const NOT_AS_READ = 'Nothing was saved: it is no longer as you read it. Read it once more.';

function countError({ losers }: RightsReview, typed: string): string {
  const number = losers.toLocaleString('en');
  return typed === ''
    ? `Type ${number}, the number of people who lose something by this.`
    : `That is not the number: ${number} people lose something by this. Type ${number}.`;
}
