import type { HomePart, HomeStep } from '@/lib/contrib/admin/home/home-parts';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import {
  userColumn,
  userGroupsTable,
  usernameColumn,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import { db } from '@/lib/db/client';

/** A question to try: why somebody may do what a group of theirs may. */
export const whyHome: HomePart = {
  models: ['auth.user', 'auth.group', 'auth.permission'],
  steps: firstQuestion,
};

type Held = { id: number | bigint; username: string; name: string; perm: string };

async function firstQuestion(): Promise<HomeStep[]> {
  if (!getUserModel().groups) return [];
  const { table, user } = userGroupsTable();
  const [held] = await db.$queryRaw<Held[]>`
    SELECT u.id AS id, ${usernameColumn('u')} AS username, p.name AS name,
      c.app_label || '.' || p.codename AS perm
    FROM ${table} AS m
    JOIN ${userTable()} AS u ON u.id = m.${user}
    JOIN auth_group_permissions AS g ON g.group_id = m.group_id
    JOIN auth_permission AS p ON p.id = g.permission_id
    JOIN django_content_type AS c ON c.id = p.content_type_id
    WHERE ${userColumn('isActive', 'u')} = ${true}
      AND ${userColumn('isSuperuser', 'u')} = ${false}
    ORDER BY m.id, p.codename LIMIT 1`;
  if (!held) return [];
  const query = new URLSearchParams({ perm: held.perm });
  return [
    {
      text: `Ask why ${held.username} ${held.name.replace(/^Can /, 'may ')}`,
      href: userAdminPath(`${held.id}/permissions/?${query}`),
    },
  ];
}
