import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import type { SessionRow } from '@/lib/contrib/sessions/row';
import { Session } from '@/lib/contrib/sessions/session';
import { sha256Hex } from '@/lib/core/crypto';
import { db } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { getUserModel } from './user-model';
import { userColumns, userOf } from './user-rows';
// Installs the user model, which is looked for below.
import '@/lib/contrib/auth/models';

/**
 * The session that a seal belongs to and the user whose row it names, in one statement: Prisma's
 * `include` would cost two. Null when the row is gone or past its idle or absolute limit. Whether
 * the user may still use the session is `getUser`'s to say.
 * Django: sessions/backends/db.py load, contrib/auth/__init__.py get_user
 */
export function loadSession(
  seal: SessionSeal,
  now = new Date(),
): Promise<{ session: Session; user: User | null } | null> {
  return loadByHash(sha256Hex(seal.key), now, seal);
}

/**
 * The same by the hash of its key, `seal` where somebody has sent it. Without one the session has no
 * key: it is asked, and not written.
 */
export async function loadByHash(
  keyHash: string,
  now: Date,
  seal?: SessionSeal,
): Promise<{ session: Session; user: User | null } | null> {
  const model = getUserModel();
  const { table, columns } = model;
  const [row] = await db.$queryRaw<(SessionRow & Record<string, unknown>)[]>`
    SELECT s.id, s.user_id AS "userId", s.session_data AS "sessionData", s.created,
           s.last_seen AS "lastSeen", s.expire_date AS "expireDate", ${userColumns(model, 'u')}
    FROM auth_session s
    LEFT JOIN ${identifier(table)} u ON u.${identifier(columns['id'] ?? 'id')} = s.user_id
    WHERE s.session_key = ${keyHash}`;
  return row ? sessionOf(row, now, seal) : null;
}

/**
 * The session and its user in a row of such a statement; null when it is past a limit. `seal` is left
 * out where nobody sent one.
 */
export function sessionOf(
  row: SessionRow & Record<string, unknown>,
  now: Date,
  seal?: SessionSeal,
): { session: Session; user: User | null } | null {
  if (row.expireDate <= now || absoluteEnd(row) <= now) return null;
  const user = userOf(getUserModel(), row);
  return { session: new Session({ row, ...(seal && { seal }) }), user };
}

function absoluteEnd({ created }: SessionRow): Date {
  return new Date(created.getTime() + settings.SESSION_ABSOLUTE_AGE * 1000);
}
