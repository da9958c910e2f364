import { timedGrants } from '@/lib/contrib/auth/permissions/timed-grants';
import type { User } from '@/lib/contrib/auth/users/user';
import { saltedHmac } from '@/lib/core/crypto';
import { Prisma } from '@/lib/db/client';
import { getUserModel } from './user-model';
import { userGroupsTable, userPermissionsTable } from './user-table';

const SALT = 'gatehouse.watch';

const heldBy = new WeakMap<User, string>();

/**
 * What this user holds, for the select list of a statement that finds users: the number and the highest
 * id of memberships, of own permissions and of those of their groups. Ids of rows are never given out
 * twice, so these tell every change; what is granted for a time leaves the count when it ends. What a
 * backend of one's own grants is not seen.
 * Django: no counterpart
 */
export function heldColumn(userId: Prisma.Sql, now: Date): Prisma.Sql {
  const model = getUserModel();
  const groups = userGroupsTable(model);
  const permissions = userPermissionsTable(model);
  const counted = Prisma.sql`CAST(COUNT(*) AS text) || '.' || CAST(COALESCE(MAX(held.id), 0) AS text)`;
  const parts = [
    Prisma.sql`SELECT ${counted} FROM ${groups.table} held WHERE held.${groups.user} = ${userId}`,
    Prisma.sql`SELECT ${counted} FROM ${permissions.table} held
      WHERE held.${permissions.user} = ${userId}`,
    Prisma.sql`SELECT ${counted} FROM auth_group_permissions held
      JOIN ${groups.table} member ON member.group_id = held.group_id
      WHERE member.${groups.user} = ${userId}`,
    ...timedGrants(now).flatMap((table) => [
      Prisma.sql`SELECT ${counted} FROM ${table} held WHERE held.user_id = ${userId}`,
      Prisma.sql`SELECT ${counted} FROM auth_group_permissions held
        JOIN ${table} member ON member.group_id = held.group_id WHERE member.user_id = ${userId}`,
    ]),
  ];
  return Prisma.sql`, ${Prisma.join(
    parts.map((part) => Prisma.sql`(${part})`),
    " || ' ' || ",
  )} AS held`;
}

/** Keep what such a statement has read for as long as this instance of the user lives. */
export function keepHeld(user: User, held: string | undefined): void {
  if (held !== undefined) heldBy.set(user, held);
}

/**
 * An opaque text that is another one whenever this person may do something else than before, of what they
 * hold as it was read with them; null where it was not.
 */
export function userState(user: User): string | null {
  const held = heldBy.get(user);
  return held === undefined ? null : stateOf(user, held);
}

/** The same where what they hold is at hand. */
export function stateOf({ id, isStaff, isSuperuser }: User, held: string): string {
  return saltedHmac(SALT, [id, isStaff, isSuperuser, held].join(' ')).slice(0, 16);
}
