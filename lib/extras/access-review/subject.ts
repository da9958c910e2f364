import type { HeldThing } from '@/lib/contrib/auth/permissions/holder-notes';
import { grantedTo } from '@/lib/contrib/auth/permissions/holders';
import { timedGrants } from '@/lib/contrib/auth/permissions/timed-grants';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumn, userGroupsTable, userTable } from '@/lib/contrib/auth/users/user-table';
import { Prisma } from '@/lib/db/client';

/** What is confirmed: a permission by `app.codename`, or a group by its name. */
export type Subject = HeldThing & { readonly name: string };

/** Where it is confirmed, and where who holds it is a file. */
export function reviewPath({ kind, id }: HeldThing): string {
  return `/admin/auth/${kind}/${id}/review/`;
}

/** The kind that a row or an address says; what is none is a permission, of which there is none then. */
export function subjectKind(text: string): HeldThing['kind'] {
  return text === 'group' ? 'group' : 'permission';
}

/**
 * The ids of those who hold it, as a statement for `IN`: directly, through a group, for a time, or as
 * superusers, who hold every permission. Inactive people hold it too: they have it again once they are
 * active.
 */
export function holdersOf(subject: Subject): Prisma.Sql {
  const ways = subject.kind === 'group' ? membersOf(subject.id) : grantedOrSuper(subject.name);
  return Prisma.join(ways, ' UNION ALL ');
}

function membersOf(groupId: number): Prisma.Sql[] {
  const { table, user } = userGroupsTable();
  return [
    Prisma.sql`SELECT ug.${user} FROM ${table} ug WHERE ug.group_id = ${groupId}`,
    ...timedGrants().map(
      (grants) =>
        Prisma.sql`SELECT timed.user_id FROM ${grants} timed WHERE timed.group_id = ${groupId}`,
    ),
  ];
}

function grantedOrSuper(perm: string): Prisma.Sql[] {
  return [
    grantedTo(getUserModel(), perm),
    Prisma.sql`SELECT ${userColumn('id', 'su')} FROM ${userTable()} su
      WHERE ${userColumn('isSuperuser', 'su')} = ${true}`,
  ];
}
