import type { AdminUser } from '@/lib/contrib/admin/options';
import { db } from '@/lib/db/client';
import { sentenceOf } from './sentences/sentence';
import type { Sentence } from './sentences/words';
import { wordsFor } from './sentences/words-for';

/** What happened to somebody or by them, as people say it. */
export type TimelineEntry = Sentence & {
  id: number;
  time: Date;
  ipAddress: string;
  raw: string | null;
};

/** A page of somebody's events, the last first; `older` is where the next one begins, null for none. */
export type Timeline = { entries: TimelineEntry[]; older: number | null };

const ENTRIES_PER_PAGE = 50;

/**
 * What happened to somebody and what they did, the last first, fifty to a page; with `before`, an entry's
 * id, only what came before it. Whoever asks may view the log. Four statements, along the indexes of who
 * did something and to whom it was done; what others did acting as them stands under these others.
 * Django: no counterpart
 */
export async function timelineOf(
  viewer: AdminUser,
  userId: number,
  before: number | null,
): Promise<Timeline> {
  const older = before === null ? {} : { id: { lt: before } };
  const rowsWhere = (who: { actorId: number } | { targetId: number }) =>
    db.securityLogEntry.findMany({
      where: { ...who, ...older },
      orderBy: { id: 'desc' },
      take: ENTRIES_PER_PAGE + 1,
    });
  const found = [
    ...(await rowsWhere({ actorId: userId })),
    ...(await rowsWhere({ targetId: userId })),
  ];
  const rows = [...new Map(found.map((row) => [row.id, row])).values()];
  const sorted = rows.toSorted((a, b) => b.id - a.id);
  const shown = sorted.slice(0, ENTRIES_PER_PAGE);
  const words = await wordsFor(viewer, shown);
  return {
    entries: shown.map((row) => ({
      ...sentenceOf(row, words),
      id: row.id,
      time: row.time,
      ipAddress: row.ipAddress,
      raw: words.raw(row.detail),
    })),
    older: sorted.length > ENTRIES_PER_PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}
