import { settings } from '@/lib/conf/settings';
import type { ListView } from '@/lib/contrib/admin/links';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { ValidationError } from '@/lib/core/exceptions';
import { db, type TransactionClient } from '@/lib/db/client';
import { refuseTaken } from '@/lib/db/unique';
import { parseId } from '@/lib/forms/fields';

/** A view with the id by which its owner deletes it. */
export type SavedView = ListView & { id: number };

const OWN = { id: true, name: true, query: true } as const;

/** Somebody's own views of a list, the oldest first. One statement. */
export function savedViews(user: AdminUser, { meta }: ModelAdmin): Promise<SavedView[]> {
  return db.savedView.findMany({
    where: { userId: user.id, model: meta.key },
    select: OWN,
    orderBy: { id: 'asc' },
    take: settings.SAVED_VIEWS_MOST,
  });
}

/** Somebody's own views of all lists whose name holds this text, ten at most. */
export async function savedViewsNamed(
  user: AdminUser,
  text: string,
): Promise<{ name: string; model: string; query: string }[]> {
  const rows = await db.savedView.findMany({
    where: { userId: user.id },
    select: { name: true, model: true, query: true },
    orderBy: { id: 'asc' },
  });
  const wanted = text.toLowerCase();
  return rows.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, 10);
}

/**
 * Keep a query of a list under a name. Throws ValidationError at `name` for a name that one's other views
 * of this list have, and for one view more than settings.SAVED_VIEWS_MOST.
 * Django: no counterpart
 */
export async function saveView(
  user: AdminUser,
  { meta }: ModelAdmin,
  { name, query }: ListView,
): Promise<void> {
  const mine = { userId: user.id, model: meta.key };
  const most = settings.SAVED_VIEWS_MOST;
  if ((await db.savedView.count({ where: mine })) >= most) {
    const message = `You have ${most} views of this list, which is as many as it shows. Delete one first.`;
    throw new ValidationError(message, 'too_many', 'name');
  }
  const data = { ...mine, name, query, created: new Date() };
  const taken = 'You have a view of this list with this name already.';
  await refuseTaken('auth_saved_view', { name: taken }, () =>
    db.savedView.create({ data, select: { id: true } }),
  );
}

/** Delete a view of one's own by its id in a form. Gives its name; null for another's, and for none. */
export async function deleteView(user: AdminUser, sent: unknown): Promise<string | null> {
  const id = typeof sent === 'string' ? parseId(sent) : null;
  if (id === null) return null;
  const where = { id, userId: user.id };
  const view = await db.savedView.findFirst({ where, select: OWN });
  if (!view) return null;
  const { count } = await db.savedView.deleteMany({ where });
  return count > 0 ? view.name : null;
}

/** What goes with users. */
export async function deleteViewsOf(tx: TransactionClient, ids: readonly number[]): Promise<void> {
  await tx.savedView.deleteMany({ where: { userId: { in: [...ids] } } });
}

/** GDPR, article 15 */
export async function exportViews({ id }: { id: number }) {
  const savedViews = await db.savedView.findMany({
    where: { userId: id },
    select: { model: true, name: true, query: true, created: true },
    orderBy: { id: 'asc' },
  });
  return { savedViews };
}
