import { settings } from '@/lib/conf/settings';
import { sessionNotes } from '@/lib/contrib/sessions/notes';
import { endSessionOf, endSessionsOf, refreshSessionsOf } from '@/lib/contrib/sessions/store';
import { type DbClient, db } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';

/** One session of a person, as they see it. */
export type Device = {
  id: number;
  created: Date;
  lastSeen: Date;
  ipAddress: string;
  userAgent: string;
  /** What an app has to say of it: that somebody else acts in it; '' for nothing. */
  note: string;
  /** Whether it is the session that asks. */
  isCurrent: boolean;
};

// On one page; whoever has more than that ends them all at once.
const MAX_LISTED = 100;

const DEVICE = {
  id: true,
  created: true,
  lastSeen: true,
  ipAddress: true,
  userAgent: true,
  sessionKey: true,
} as const;

/**
 * The sessions that a person can be seen with now: this one first, then by when they were last
 * seen, at most 100, and how many there are in all. Those past a limit, and those that a changed
 * password has ended (`authHashes` are the hashes that still count), are left out.
 * Django: no counterpart
 */
export async function listSessions(
  { userId, authHashes }: { userId: number; authHashes: readonly string[] },
  currentId: number | null,
  now = new Date(),
): Promise<{ devices: Device[]; count: number }> {
  await refreshSessionsOf(userId);
  const oldest = new Date(now.getTime() - settings.SESSION_ABSOLUTE_AGE * 1000);
  const where = {
    userId,
    expireDate: { gt: now },
    created: { gt: oldest },
    OR: authHashes.map((hash) => ({ sessionData: { contains: hash } })),
  };
  const [rows, count] = await Promise.all([
    db.session.findMany({
      where,
      select: DEVICE,
      orderBy: [{ lastSeen: 'desc' }, { id: 'desc' }],
      take: MAX_LISTED,
    }),
    db.session.count({ where }),
  ]);
  const notes = await sessionNotes(rows.map(({ sessionKey }) => sessionKey));
  const devices = rows.map(({ sessionKey, ...row }) => ({
    ...row,
    note: notes.get(sessionKey) ?? '',
    isCurrent: row.id === currentId,
  }));
  return { devices: devices.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent)), count };
}

/**
 * End one session of a person, by the id in a form; it is over at its next request. Returns the hash
 * of its key; null when the id is none, not theirs, or gone already: they look alike. One statement.
 */
export async function endSession(
  userId: number,
  id: unknown,
  client: DbClient = db,
): Promise<string | null> {
  const number = typeof id === 'string' ? parseId(id) : null;
  if (number === null) return null;
  return endSessionOf(client, { id: number, userId });
}

/** End all sessions of a person but one. Returns how many there were. One statement. */
export function endOtherSessions(
  userId: number,
  keptId: number | null,
  client: DbClient = db,
): Promise<number> {
  return endSessionsOf(client, [userId], keptId);
}
