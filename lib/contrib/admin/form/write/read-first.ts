import type { Judged } from '@/lib/contrib/admin/form/row-change';
import type { AdminRequest } from '@/lib/contrib/admin/options';
import {
  type Confirmation,
  type Unconfirmed,
  whyUnread,
} from '@/lib/contrib/auth/rights/confirmation';
import { type RightsReview, reviewTogether } from '@/lib/contrib/auth/rights/review';
import type { TransactionClient } from '@/lib/db/client';

const READ = Symbol('read');

/** A change of which whoever makes it has read what it does to people. Only such a one is written. */
export type ReadChange = Judged & { readonly [READ]: true };

/** What is to be read first, or the changes as they may be written. */
export type ReadFirst =
  | ({ kind: 'unread'; isGrant: boolean } & Unconfirmed)
  | {
      kind: 'read';
      /** What all of them do together; null where they move no right. */
      review: RightsReview | null;
      read(judged: Judged): ReadChange;
    };

type Asked = {
  request: AdminRequest;
  /** What rows that go do besides. */
  deletions?: readonly (RightsReview | null)[];
  /** What is said of the review; undefined where there is no page to show one on, or another was. */
  confirmation: Confirmation | undefined;
};

/**
 * Ask what changes do to people, all of them together, inside the transaction that would write them.
 * What somebody feels of it has to be read before: there is no other way to what `writeChange` takes.
 * Django: no counterpart
 */
export async function readFirst(
  tx: TransactionClient,
  changes: readonly Judged[],
  { request, deletions = [], confirmation }: Asked,
): Promise<ReadFirst> {
  const reviews = [...deletions];
  for (const { admin, change } of changes) {
    reviews.push((await admin.options.review?.(tx, change)) ?? null);
  }
  const review = await reviewTogether(tx, request.user, reviews);
  const why = whyUnread(review, confirmation);
  if (why) return { kind: 'unread', isGrant: changes.some(({ isGrant }) => isGrant), ...why };
  const known = new Set(changes);
  const read = (judged: Judged): ReadChange => {
    if (!known.has(judged)) throw new Error('Nobody has asked what this change does.');
    return { ...judged, [READ]: true };
  };
  return { kind: 'read', review, read };
}
