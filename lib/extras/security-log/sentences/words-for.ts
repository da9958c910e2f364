import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser } from '@/lib/contrib/admin/options';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import type { Told, Words } from './words';

/**
 * How somebody is told what stands in these entries: the log itself names people; their pages are for
 * who may view people, and groups are named to who may view groups. Two statements at most: who of them
 * is still there, and what permissions are called.
 */
export async function wordsFor(viewer: AdminUser, entries: readonly Told[]): Promise<Words> {
  const mayViewPeople = await hasViewPermission(viewer, userAdmin());
  const mayViewGroups = await hasViewPermission(viewer, groupAdmin);
  const ids = entries.flatMap(({ actorId, subjectId, targetId }) => [actorId, subjectId, targetId]);
  const there = mayViewPeople ? await userNames(ids) : new Map();
  const hasPermissions = entries.some(({ detail }) => /"(given|taken)":\["/.test(detail));
  const catalogue = hasPermissions ? await loadCatalogue() : [];
  const labels = new Map(catalogue.map(({ perm, name }) => [perm, name]));
  return {
    person: (id, username) => ({
      text: username,
      ...(id !== null && there.has(id) && { href: userAdminPath(`${id}/change/`) }),
    }),
    group(id, name) {
      if (!mayViewGroups) return { text: 'a group' };
      return { text: name, ...(id !== null && { href: `/admin/auth/group/${id}/change/` }) };
    },
    raw: (detail) => (detail === '{}' || (!mayViewGroups && /"group/.test(detail)) ? null : detail),
    permission: (perm) => labels.get(perm) ?? perm,
  };
}
