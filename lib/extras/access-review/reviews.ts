import { settings } from '@/lib/conf/settings';
import { digestOfIds } from '@/lib/contrib/admin/list/selection';
import type { HeldThing } from '@/lib/contrib/auth/permissions/holder-notes';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { userColumn, userTable } from '@/lib/contrib/auth/users/user-table';
import { type DbClient, db } from '@/lib/db/client';
import { holdersOf, type Subject } from './subject';

/** A confirmation that those who held something did so rightly. */
export type Review = {
  id: number;
  reviewer: string;
  confirmed: Date;
  note: string;
  holders: number;
};

/** Somebody who is named. */
export type Named = { id: number; username: string };

/** People of whom the first are named. */
export type Some = { count: number; named: Named[] };

/** Who holds something now, against the last confirmation. */
export type Standing = {
  /** The last ones first. */
  reviews: Review[];
  /** How many hold it; null for more than settings.ACCESS_REVIEW_MOST. */
  count: number | null;
  /** What tells these holders from others. */
  digest: string;
  /** Since the last confirmation; null where nothing was confirmed yet, or there are too many. */
  since: { added: Some; gone: Some } | null;
};

const REVIEW = { id: true, reviewer: true, confirmed: true, note: true, holders: true } as const;

// On one page.
const MOST_REVIEWS = 20;
const MOST_NAMED = 50;

/** Who holds something now, and what is different since it was confirmed. Four statements, however many there are. */
export async function standingOf(subject: Subject): Promise<Standing> {
  const reviews = await lastReviews(subject, MOST_REVIEWS);
  const ids = await holderIds(db, subject);
  if (ids === null) return { reviews, count: null, digest: '', since: null };
  const [last] = reviews;
  const since = last ? await sinceReview(last, ids) : null;
  return { reviews, count: ids.length, digest: digestOfIds(ids), since };
}

/** The last confirmations of something, the last one first. */
export function lastReviews({ kind, id }: HeldThing, take: number): Promise<Review[]> {
  const where = { kind, objectId: id };
  return db.accessReview.findMany({ where, select: REVIEW, orderBy: { id: 'desc' }, take });
}

/** The ids of those who hold something, in ascending order; null for more than may be confirmed at once. */
export async function holderIds(client: DbClient, subject: Subject): Promise<number[] | null> {
  const most = settings.ACCESS_REVIEW_MOST;
  const id = userColumn('id', 't');
  const rows = await client.$queryRaw<{ id: number | bigint }[]>`
    SELECT ${id} AS id FROM ${userTable()} t WHERE ${id} IN (${holdersOf(subject)})
    ORDER BY ${id} LIMIT ${most + 1}`;
  return rows.length > most ? null : rows.map((row) => Number(row.id));
}

/** Those of these people whom a confirmation was about. One statement. */
export async function confirmedAmong(
  { id }: Pick<Review, 'id'>,
  userIds: readonly number[],
): Promise<Set<number>> {
  const rows = await db.accessReviewHolder.findMany({
    where: { reviewId: id, userId: { in: [...userIds] } },
    select: { userId: true },
  });
  return new Set(rows.map(({ userId }) => userId));
}

async function sinceReview({ id }: Review, ids: readonly number[]) {
  const rows = await db.accessReviewHolder.findMany({
    where: { reviewId: id },
    select: { userId: true },
    orderBy: { userId: 'asc' },
  });
  const before = new Set(rows.map(({ userId }) => userId));
  const now = new Set(ids);
  const added = ids.filter((each) => !before.has(each));
  const gone = [...before].filter((each) => !now.has(each));
  const shown = [...added.slice(0, MOST_NAMED), ...gone.slice(0, MOST_NAMED)];
  const names = await userNames(shown);
  const some = (all: readonly number[]): Some => ({
    count: all.length,
    named: all.slice(0, MOST_NAMED).flatMap((each) => names.get(each) ?? []),
  });
  return { added: some(added), gone: some(gone) };
}
