import type { RowLink } from '@/lib/contrib/admin/list/list-options';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { holdsPermission } from '@/lib/contrib/admin/model-permissions';
import type { ObjectLink } from '@/lib/contrib/admin/object/object-options';
import type { AdminUser, Row } from '@/lib/contrib/admin/options';
import { identityRefusals } from '@/lib/contrib/auth/permissions/account-rules';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userAdminPath, userModelKey } from '@/lib/contrib/auth/users/user-path';
import { db } from '@/lib/db/client';

/** Where somebody's sessions are listed; `:id` stands for theirs in a menu. */
export const sessionsHref = (id: number | ':id') => `/admin/sessions/session/?user_id=${id}`;

/** Where somebody is let go. */
export const offboardHref = (id: number | ':id') => userAdminPath(`${id}/offboard/`);

/** Whether somebody may view sessions, whose screens stand on those of people. */
export function mayViewSessions(viewer: AdminUser): Promise<boolean> {
  return holdsPermission(viewer, modelMeta('sessions.session'), 'view');
}

/** What the menu of each user in the list has, of it what this person may do with whom. */
export async function userRowLinks(
  rows: readonly Row[],
  viewer: AdminUser,
): Promise<RowLink<Row>[]> {
  const links: RowLink<Row>[] = [];
  if (await mayViewSessions(viewer)) {
    links.push({ label: 'Sessions', href: sessionsHref(':id') });
  }
  const touchable = await touchableAmong(rows, viewer);
  if (touchable.size > 0) {
    const isFor = (isAwake: boolean) => (row: Row) =>
      touchable.has(Number(row.id)) && row['isActive'] === isAwake;
    const href = offboardHref(':id');
    links.push({ label: 'Offboard', href, order: 20, isFor: isFor(true) });
    links.push({ label: 'Reactivate', href, order: 20, isFor: isFor(false) });
  }
  return links;
}

/** Links from a user's page. */
export async function userObjectLinks(row: Row, viewer: AdminUser): Promise<ObjectLink[]> {
  const id = Number(row.id);
  const links: ObjectLink[] = [];
  if (await mayViewSessions(viewer)) {
    links.push({ label: 'Sessions', href: sessionsHref(id), kind: 'tab' });
  }
  if ((await touchableAmong([row], viewer)).has(id)) {
    const label = row['isActive'] === true ? 'Offboard' : 'Reactivate';
    links.push({ label, href: offboardHref(id), order: 20, kind: 'action' });
  }
  return links;
}

/**
 * The ids of those among these users, others than the viewer, whose accounts they may change: two
 * statements at most, none for a superuser.
 */
export async function touchableAmong(
  rows: readonly Row[],
  viewer: AdminUser,
): Promise<ReadonlySet<number>> {
  const model = getUserModel();
  if (!(await holdsPermission(viewer, modelMeta(userModelKey(model)), 'change'))) return new Set();
  const others = rows
    .map((row) => ({
      id: Number(row.id),
      username: String(row[model.USERNAME_FIELD]),
      isSuperuser: row['isSuperuser'] === true,
    }))
    .filter(({ id }) => id !== viewer.id);
  const refused = await identityRefusals(viewer, others, { client: db, act: 'changes' });
  return new Set(others.flatMap(({ id }) => (refused.has(id) ? [] : [id])));
}
