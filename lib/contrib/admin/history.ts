import { userNames } from '@/lib/contrib/auth/users/user-names';
import { getContentType } from '@/lib/contrib/contenttypes/models';
import { db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { hasViewPermission } from './model-permissions';
import type { LogEntry } from './models';
import type { AdminUser, ModelAdmin } from './options';

/** An entry with the name of who did it. */
export type HistoryEntry = LogEntry & {
  userId: number;
  user: { username: string; firstName: string; lastName: string };
};

/** One page of an object's history; `page` is the one that is shown. */
export type History = { entries: HistoryEntry[]; count: number; page: number; pageCount: number };

const ENTRIES_PER_PAGE = 100;

/**
 * What was done to a row, oldest first, a hundred entries to a page. A page that is none is the
 * first, one beyond the last is the last.
 * Django: ModelAdmin.history_view, ModelAdmin.get_paginator
 */
export async function objectHistory(
  { meta }: ModelAdmin,
  id: RowId,
  wantedPage: number,
): Promise<History> {
  const contentType = await getContentType(meta.appLabel, meta.modelName);
  const where = { contentTypeId: contentType?.id ?? 0, objectId: String(id) };
  const count = await db.logEntry.count({ where });
  const pageCount = Math.max(1, Math.ceil(count / ENTRIES_PER_PAGE));
  const page = Math.min(pageCount, Math.max(1, Math.trunc(wantedPage) || 1));
  const found = await db.logEntry.findMany({
    where,
    include: { contentType: { select: { appLabel: true, model: true } } },
    orderBy: [{ actionTime: 'asc' }, { id: 'asc' }],
    skip: (page - 1) * ENTRIES_PER_PAGE,
    take: ENTRIES_PER_PAGE,
  });
  const names = await userNames(found.map(({ userId }) => userId));
  const entries = found.map((entry) => ({
    ...entry,
    user: names.get(entry.userId) ?? { username: '', firstName: '', lastName: '' },
  }));
  return { entries, count, page, pageCount };
}

/**
 * The entries as somebody may read them: who did it is a number to who may not view users, unless it
 * was themselves. `people` are the screens of users.
 * Django: no counterpart
 */
export async function historySeenBy(
  user: AdminUser,
  people: ModelAdmin,
  entries: readonly HistoryEntry[],
): Promise<HistoryEntry[]> {
  if (await hasViewPermission(user, people)) return [...entries];
  const nobody = { firstName: '', lastName: '' };
  return entries.map((entry) => ({
    ...entry,
    user:
      entry.userId === user.id
        ? entry.user
        : { ...nobody, username: `${people.meta.verboseName} ${entry.userId}` },
  }));
}
