import type { PageColumn } from '@/lib/contrib/admin/list/list-options';
import type { RichCell } from '@/lib/contrib/admin/list/shown/rich-cells';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser } from '@/lib/contrib/admin/options';
import { memberCounts, membersText } from '@/lib/contrib/auth/permissions/group-members';
import { powerfulPermissions } from '@/lib/contrib/auth/permissions/powerful';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { db, Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { userAdmin } from './user';

type GroupRow = { id: number };
type Numbered = { id: number | bigint; total: number | bigint };

/**
 * How many people are in each group, for whoever may view people: one statement for a page, which
 * looks at ten thousand memberships of a group at most, along an index.
 */
export const membersColumn: PageColumn<GroupRow, AdminUser> = {
  name: 'members',
  label: 'Members',
  isShownTo: (user) => hasViewPermission(user, userAdmin()),
  async valuesOf(rows) {
    if (rows.length === 0) return new Map();
    const counts = await memberCounts(
      db,
      rows.map(({ id }) => id),
    );
    return new Map([...counts].map(([id, total]) => [id, membersOf(id, total)]));
  },
};

/** How many permissions each group holds. */
export const permissionsColumn: PageColumn<GroupRow, AdminUser> = {
  name: 'permissions',
  label: 'Permissions',
  async valuesOf(rows) {
    if (rows.length === 0) return new Map();
    const found = await db.$queryRaw<Numbered[]>`
      SELECT group_id AS id, COUNT(*) AS total FROM auth_group_permissions
      WHERE group_id IN (${idsOf(rows)}) GROUP BY group_id`;
    const totals = new Map(found.map(({ id, total }) => [Number(id), Number(total)]));
    return new Map(rows.map(({ id }) => [id, (totals.get(id) ?? 0).toLocaleString('en')]));
  },
};

type Held = { group: number | bigint; name: string };

/** Which of these give power over other people. */
export const powersColumn: PageColumn<GroupRow, AdminUser> = {
  name: 'powers',
  label: 'Power over people',
  async valuesOf(rows) {
    const perms = powerfulPermissions();
    if (rows.length === 0 || perms.length === 0) return new Map();
    const tests = perms.map((perm) => {
      const [appLabel, codename] = perm.split('.');
      return Prisma.sql`(ct.app_label = ${appLabel} AND p.codename = ${codename})`;
    });
    const found = await db.$queryRaw<Held[]>`
      SELECT gp.group_id AS "group", p.name AS name FROM auth_group_permissions AS gp
      JOIN auth_permission AS p ON p.id = gp.permission_id
      JOIN django_content_type AS ct ON ct.id = p.content_type_id
      WHERE gp.group_id IN (${idsOf(rows)}) AND (${Prisma.join(tests, ' OR ')})
      ORDER BY gp.group_id, p.codename`;
    const names = new Map<RowId, string[]>();
    for (const { group, name } of found) {
      names.set(Number(group), [...(names.get(Number(group)) ?? []), name]);
    }
    return new Map([...names].map(([id, all]) => [id, chipsOf(all)]));
  },
};

const MOST_CHIPS = 3;

function chipsOf(names: readonly string[]): RichCell {
  const chips = names.slice(0, MOST_CHIPS).map((text) => ({ text, tone: 'warning' as const }));
  return { cell: 'chips', chips, more: Math.max(0, names.length - MOST_CHIPS) };
}

function membersOf(id: number, total: number): RichCell {
  const text = membersText(total);
  return { cell: 'sentence', parts: [{ text, href: userAdminPath(`?groups__id__exact=${id}`) }] };
}

function idsOf(rows: readonly GroupRow[]): Prisma.Sql {
  return Prisma.join(rows.map(({ id }) => id));
}
