import { getUser } from '@/lib/contrib/auth';
import { onBehalfOf, type Vouching } from '@/lib/contrib/auth/authenticators/on-behalf';
import { sessionOf } from '@/lib/contrib/auth/users/load-session';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userColumns } from '@/lib/contrib/auth/users/user-rows';
import { heldColumn, stateOf } from '@/lib/contrib/auth/users/user-state';
import { userTable } from '@/lib/contrib/auth/users/user-table';
import {
  type StoredRow,
  sessionColumns,
  sessionTables,
} from '@/lib/contrib/sessions/backends/stored-row';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import { db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/** Sessions that one statement asks for: SQLite takes 32,766 values. */
const AT_ONCE = 1000;

type Row = StoredRow & Record<string, unknown> & { held: string };

/** How a session stands; where somebody acts in it, whether they still may has to be asked besides. */
export type Standing = {
  readonly state: string;
  readonly mayGoOn?: (asked?: Vouching) => Promise<boolean>;
};

/**
 * How the sessions with these row ids stand: for each that a request would still be let in with, a
 * `state` that is another one whenever its person may do something else than before; a session that is
 * not named has ended. One statement, and nothing is written.
 * Django: contrib/auth/__init__.py get_user decides who is let in
 */
export async function standingsOf(
  ids: readonly number[],
  now = new Date(),
): Promise<Map<number, Standing>> {
  const standings = new Map<number, Standing>();
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    for (const row of await readRows(ids.slice(start, start + AT_ONCE), now)) {
      const standing = await standingOf(row, now);
      if (standing && row.id !== null) standings.set(row.id, standing);
    }
  }
  return standings;
}

/** The state of one session, once everything is asked that a request asks; undefined if it has ended. */
export async function sessionState(id: number): Promise<string | undefined> {
  const standing = (await standingsOf([id])).get(id);
  const mayGoOn = (await standing?.mayGoOn?.()) ?? true;
  return mayGoOn ? standing?.state : undefined;
}

async function standingOf(row: Row, now: Date): Promise<Standing | null> {
  const stored = sessionOf(row, now);
  if (!stored) return null;
  const owner = await getUser(stored.session, stored.user ?? undefined);
  if (!owner.isAuthenticated) return null;
  const state = stateOf(owner, row.held);
  if (!stored.session.has(IMPERSONATOR_KEY)) return { state };
  const mayGoOn = async (asked?: Vouching) =>
    (await onBehalfOf(stored.session, owner, asked)).isAuthenticated;
  return { state, mayGoOn };
}

function readRows(ids: readonly number[], now: Date): Promise<Row[]> {
  const model = getUserModel();
  const id = Prisma.sql`u.${identifier(model.columns['id'] ?? 'id')}`;
  return db.$queryRaw<Row[]>`
    SELECT ${sessionColumns()}, ${userColumns(model, 'u')} ${heldColumn(id, now)}
    FROM ${sessionTables()}
    JOIN ${userTable(model)} u ON ${id} = s.user_id
    WHERE s.id IN (${Prisma.join([...ids])})`;
}
