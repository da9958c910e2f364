import { sessionStream } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { noticed } from '@/lib/contrib/sessions/backends/notice';
import {
  hasKey,
  type StoredRow,
  sessionColumns,
  sessionRowOf,
  sessionTables,
  sharesDjangos,
} from '@/lib/contrib/sessions/backends/stored-row';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import type { SessionClient, SessionRow } from '@/lib/contrib/sessions/row';
import { Session } from '@/lib/contrib/sessions/session';
import { Prisma, readRows } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { factColumns, keepFacts } from './user-facts';
import { getUserModel } from './user-model';
import { userColumns, userOf } from './user-rows';
import { heldColumn, keepHeld } from './user-state';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/** A row of a statement that selects a session with its user. */
type Found = StoredRow & Record<string, unknown> & { withFacts?: boolean; held?: string };

type Stored = { session: Session; user: User | null };

/**
 * The session that a seal belongs to and the user whose row it names, in one statement: Prisma's
 * `include` would cost two. Null when the row is gone or past its idle or absolute limit. Whether
 * the user may still use the session is `getUser`'s to say. With Django's sessions one that has not been
 * seen here is noted, once, with the browser of `client`.
 * Django: sessions/backends/db.py load, contrib/auth/__init__.py get_user
 */
export async function loadSession(
  seal: SessionSeal,
  now = new Date(),
  client?: SessionClient,
): Promise<Stored | null> {
  const row = await readRow(hasKey(seal.key), now);
  return row && sessionOf(await noticed(row, client, now), now, seal);
}

/** The same by the hash of its key. The session has no key then: it is asked, and not written. */
export async function loadByHash(keyHash: string, now: Date): Promise<Stored | null> {
  const row = await readRow(Prisma.sql`s.session_key = ${keyHash}`, now);
  return row && sessionOf(row, now);
}

/**
 * The session and its user in a row of such a statement; null when it is past a limit, or nobody's.
 * `seal` is left out where nobody sent one.
 */
export function sessionOf(found: Found, now: Date, seal?: SessionSeal): Stored | null {
  const row = sessionRowOf(found);
  if (!row || row.expireDate <= now || absoluteEnd(row) <= now) return null;
  const user = userOf(getUserModel(), found);
  const session = new Session({ row, ...(seal && { seal }) });
  if (found.withFacts) keepFacts(user, found);
  if (user) keepHeld(user, found.held);
  return { session, user: user?.id === row.userId ? user : null };
}

async function readRow(which: Prisma.Sql, now: Date): Promise<Found | null> {
  const model = getUserModel();
  const { table, columns } = model;
  const id = Prisma.sql`u.${identifier(columns['id'] ?? 'id')}`;
  // A session that began at Django rests on no second factor: whether there is one is asked each time.
  const facts = sharesDjangos() ? factColumns(id) : Prisma.empty;
  // What open tabs follow begins at what their page was drawn with.
  const held = sessionStream() === null ? Prisma.empty : heldColumn(id, now);
  const [row] = await readRows<Found>(Prisma.sql`
    SELECT ${sessionColumns()}, ${userColumns(model, 'u')} ${facts} ${held}
    FROM ${sessionTables()}
    LEFT JOIN ${identifier(table)} u ON ${id} = s.user_id
    WHERE ${which}`);
  return row ? { ...row, withFacts: sharesDjangos() } : null;
}

function absoluteEnd({ created }: SessionRow): Date {
  return new Date(created.getTime() + settings.SESSION_ABSOLUTE_AGE * 1000);
}
