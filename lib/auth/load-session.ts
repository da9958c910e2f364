import { settings } from '@/lib/conf/settings';
import { sha256Hex } from '@/lib/core/crypto';
import { db } from '@/lib/db/client';
import type { SessionSeal } from '@/lib/sessions/cookie';
import { Session, type SessionRow } from '@/lib/sessions/session';
import { User, type UserRow } from './models';

type JoinedRow = SessionRow & UserRow & { sessionId: number; userRowId: number | null };

/**
 * The session that a seal belongs to and the user whose row it names, in one statement: Prisma's
 * `include` would cost two. Null when the row is gone or past its idle or absolute limit. Whether
 * the user may still use the session is `getUser`'s to say.
 * Django: sessions/backends/db.py load, contrib/auth/__init__.py get_user
 */
export async function loadSession(
  seal: SessionSeal,
  now = new Date(),
): Promise<{ session: Session; user: User | null } | null> {
  const [row] = await db.$queryRaw<JoinedRow[]>`
    SELECT s.id AS "sessionId", s.user_id AS "userId", s.session_data AS "sessionData", s.created,
           s.last_seen AS "lastSeen", s.expire_date AS "expireDate",
           u.id AS "userRowId", u.password, u.last_login AS "lastLogin",
           u.is_superuser AS "isSuperuser", u.username, u.first_name AS "firstName",
           u.last_name AS "lastName", u.email, u.is_staff AS "isStaff", u.is_active AS "isActive",
           u.date_joined AS "dateJoined"
    FROM auth_session s LEFT JOIN auth_user u ON u.id = s.user_id
    WHERE s.session_key = ${sha256Hex(seal.key)}`;
  if (!row || row.expireDate <= now || absoluteEnd(row) <= now) return null;
  const session = new Session({ row: { ...row, id: row.sessionId }, seal });
  return { session, user: row.userRowId === null ? null : new User({ ...row, id: row.userRowId }) };
}

function absoluteEnd({ created }: SessionRow): Date {
  return new Date(created.getTime() + settings.SESSION_ABSOLUTE_AGE * 1000);
}
