import { getUser } from '@/lib/contrib/auth';
import { onBehalfOf } from '@/lib/contrib/auth/authenticators/on-behalf';
import { sessionOf } from '@/lib/contrib/auth/users/load-session';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns } from '@/lib/contrib/auth/users/user-rows';
import {
  userGroupsTable,
  userPermissionsTable,
  userTable,
} from '@/lib/contrib/auth/users/user-table';
import {
  type StoredRow,
  sessionColumns,
  sessionTables,
} from '@/lib/contrib/sessions/backends/stored-row';
import { saltedHmac } from '@/lib/core/crypto';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

const SALT = 'gatehouse.watch';
/** Sessions that one statement asks for: SQLite takes 32,766 values. */
const AT_ONCE = 1000;

type Row = StoredRow &
  Record<string, unknown> & { memberships: string; own: string; ofGroups: string };

/**
 * How the sessions with these row ids stand: for each that a request would still be let in with, a
 * text that is another one whenever its person may do something else than before; a session that is
 * not named has ended. Ids of rows are never given out twice, so count and highest id of memberships
 * and grants tell every change. What a backend of one's own grants is not seen. One statement, and what
 * an app asks to vouch for whoever acts as the person of a session. Nothing is written of the sessions.
 * Django: contrib/auth/__init__.py get_user decides who is let in
 */
export async function sessionStates(
  ids: readonly number[],
  now = new Date(),
): Promise<Map<number, string>> {
  const states = new Map<number, string>();
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    for (const row of await readRows(ids.slice(start, start + AT_ONCE))) {
      const state = await stateOf(row, now);
      if (state !== null && row.id !== null) states.set(row.id, state);
    }
  }
  return states;
}

async function stateOf(row: Row, now: Date): Promise<string | null> {
  const stored = sessionOf(row, now);
  if (!stored) return null;
  const owner = await getUser(stored.session, stored.user ?? undefined);
  const user = await onBehalfOf(stored.session, owner);
  if (!user.isAuthenticated) return null;
  const { id, isStaff, isSuperuser } = user;
  const { memberships, own, ofGroups } = row;
  const held = [id, isStaff, isSuperuser, memberships, own, ofGroups];
  return saltedHmac(SALT, held.join(' ')).slice(0, 16);
}

function readRows(ids: readonly number[]): Promise<Row[]> {
  const model = getUserModel();
  const groups = userGroupsTable(model);
  const permissions = userPermissionsTable(model);
  const counted = Prisma.sql`CAST(COUNT(*) AS text) || '.' || CAST(COALESCE(MAX(held.id), 0) AS text)`;
  return db.$queryRaw<Row[]>`
    SELECT ${sessionColumns()}, ${userColumns(model, 'u')},
           (SELECT ${counted} FROM ${groups.table} held
            WHERE held.${groups.user} = s.user_id) AS memberships,
           (SELECT ${counted} FROM ${permissions.table} held
            WHERE held.${permissions.user} = s.user_id) AS own,
           (SELECT ${counted} FROM auth_group_permissions held
            JOIN ${groups.table} member ON member.group_id = held.group_id
            WHERE member.${groups.user} = s.user_id) AS "ofGroups"
    FROM ${sessionTables()}
    JOIN ${userTable(model)} u ON u.${identifier(model.columns['id'] ?? 'id')} = s.user_id
    WHERE s.id IN (${Prisma.join([...ids])})`;
}
