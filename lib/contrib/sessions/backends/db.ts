import { settings } from '@/lib/conf/settings';
import type { SessionRow } from '@/lib/contrib/sessions/row';
import { sha256Hex } from '@/lib/core/crypto';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { type DbClient, db, Prisma, type TransactionClient, transaction } from '@/lib/db/client';
import { MAX_USER_AGENT, type Replaced, type SessionBackend } from './backend';
import {
  change,
  decodeTheirs,
  EXPIRY_NAME,
  encodeTheirs,
  expiryDate,
  forgetFormToken,
  type Halves,
  keepExpiry,
  oursOf,
  whole,
} from './halves';
import { objectOf, parseJson } from './members';
import { noticeEach } from './notice';
import { boundedData } from './stored-row';

type Ours = { sessionData: string; key: string | null };

/**
 * Django's rows and what we know besides, in two halves. Django's `django_session` says which sessions
 * there are, whose they are and what the site keeps in them; `auth_session` has all else: where and when
 * a session was seen, and what our apps keep. Django writes its half whole and never reads ours, so
 * nothing of ours is lost to it; of its half we change single names, under the lock of the row, and write
 * every other one back to the letter. Ours is locked first, always.
 * Django: contrib/sessions/backends/db.py SessionStore
 */
export const djangoSessions: SessionBackend = {
  async create(tx, key, replaced, write) {
    const former = replaced && (await take(tx, replaced));
    const halves = former?.halves ?? newHalves();
    change(halves, write.changes);
    keepExpiry(halves, write.untilBrowserCloses);
    if (write.userId !== null) forgetFormToken(halves);
    const times = timesOf(halves, write.now);
    const { client, userId, now } = write;
    const row = await tx.session.create({
      data: {
        sessionKey: sha256Hex(key),
        djangoKey: key,
        sessionData: objectOf(halves.ours),
        userId,
        created: now,
        ...times,
        ipAddress: client.ipAddress,
        userAgent: client.userAgent.slice(0, MAX_USER_AGENT),
      },
    });
    await tx.$executeRaw`
      INSERT INTO django_session (session_key, session_data, expire_date)
      VALUES (${key}, ${encodeTheirs(halves.theirs, now)}, ${times.expireDate})`;
    return {
      row: { ...row, sessionData: whole(halves) },
      formerHash: former?.sessionKey ?? null,
    };
  },

  async update(tx, id, write) {
    const [own] = await tx.$queryRaw<Ours[]>`
      UPDATE auth_session SET last_seen = ${write.now} WHERE id = ${id}
      RETURNING session_data AS "sessionData", django_key AS key`;
    const halves = await withTheirs(own, (key) => lockTheirs(tx, key));
    const before = objectOf(halves.theirs);
    change(halves, write.changes);
    const times = timesOf(halves, write.now);
    const theirs = objectOf(halves.theirs);
    await writeTheirs(tx, own?.key ?? '', {
      data: theirs === before ? null : encodeTheirs(halves.theirs, write.now),
      expireDate: times.expireDate,
    });
    const data = { sessionData: objectOf(halves.ours), userId: write.userId, ...times };
    const row: SessionRow = await tx.session.update({ where: { id }, data });
    return { ...row, sessionData: whole(halves) };
  },

  async end(tx, ids) {
    if (ids.length === 0) return 0;
    const ended = await tx.$queryRaw<{ key: string | null }[]>`
      DELETE FROM auth_session WHERE id IN (${Prisma.join([...ids])}) RETURNING django_key AS key`;
    await endAtDjango(
      tx,
      ended.flatMap(({ key }) => key ?? []),
    );
    return ended.length;
  },

  async touch(tx, id, { now, before, expiry }) {
    const expireDate = expiryDate(expiry, now);
    const [own] = await tx.$queryRaw<{ key: string | null }[]>`
      UPDATE auth_session SET last_seen = ${now}, expire_date = ${expireDate}
      WHERE id = ${id} AND last_seen < ${before} RETURNING django_key AS key`;
    if (own?.key) await writeTheirs(tx, own.key, { data: null, expireDate });
  },

  async clearExpired(now) {
    const oldest = new Date(now.getTime() - settings.SESSION_ABSOLUTE_AGE * 1000);
    const count = await transaction(async (tx) => {
      const old = await tx.$executeRaw`
        DELETE FROM django_session WHERE session_key IN (
          SELECT s.django_key FROM auth_session s WHERE s.created <= ${oldest})`;
      const idle = await tx.$executeRaw`DELETE FROM django_session WHERE expire_date <= ${now}`;
      await forgetEnded(tx);
      return old + idle;
    });
    await noticeEach(now);
    return count;
  },
};

/** End sessions by Django's keys, in Django's table alone. */
export async function endAtDjango(tx: DbClient, keys: readonly string[]): Promise<number> {
  let count = 0;
  for (let start = 0; start < keys.length; start += 1000) {
    const some = Prisma.join(keys.slice(start, start + 1000));
    count += await tx.$executeRaw`DELETE FROM django_session WHERE session_key IN (${some})`;
  }
  return count;
}

/** Forget our half of what Django has ended, and when the others end, of one user or of all. */
export async function followDjango(userId: number): Promise<void> {
  await transaction(async (tx) => {
    await forgetEnded(tx, Prisma.sql`AND user_id = ${userId}`);
    await tx.$executeRaw`
      UPDATE auth_session SET expire_date = (
        SELECT d.expire_date FROM django_session d WHERE d.session_key = auth_session.django_key)
      WHERE user_id = ${userId} AND django_key IS NOT NULL`;
  });
}

/** Whether Django has the table. */
export async function hasDjangosTable(): Promise<boolean> {
  try {
    await db.$queryRaw`SELECT session_key FROM django_session LIMIT 1`;
    return true;
  } catch {
    return false;
  }
}

// Also what was begun while the sessions were our own.
function forgetEnded(tx: TransactionClient, further = Prisma.empty): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM auth_session WHERE NOT EXISTS (
      SELECT 1 FROM django_session d WHERE d.session_key = auth_session.django_key) ${further}`;
}

function newHalves(): Halves {
  return { theirs: new Map(), ours: new Map() };
}

// Null for what does not go on.
async function take(
  tx: TransactionClient,
  { id, isKept }: Replaced,
): Promise<{ halves: Halves; sessionKey: string } | null> {
  const [own] = await tx.$queryRaw<(Ours & { sessionKey: string })[]>`
    DELETE FROM auth_session WHERE id = ${id}
    RETURNING session_key AS "sessionKey", session_data AS "sessionData", django_key AS key`;
  if (isKept) {
    const halves = await withTheirs(own, (key) => takeTheirs(tx, key));
    return { halves, sessionKey: own?.sessionKey ?? '' };
  }
  if (own?.key) await takeTheirs(tx, own.key);
  return null;
}

async function withTheirs(
  own: Ours | undefined,
  read: (key: string) => Promise<string | null>,
): Promise<Halves> {
  const theirs = own?.key ? decodeTheirs(await read(own.key)) : null;
  if (!own || !theirs) throw new SuspiciousOperation('The session was ended meanwhile.');
  return { theirs: theirs.members, ours: oursOf(own.sessionData) };
}

async function takeTheirs(tx: TransactionClient, key: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ data: string | null }[]>`
    DELETE FROM django_session WHERE session_key = ${key}
    RETURNING ${boundedData(Prisma.sql`session_data`)} AS data`;
  return row?.data ?? null;
}

async function lockTheirs(tx: TransactionClient, key: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ data: string | null }[]>`
    UPDATE django_session SET expire_date = expire_date WHERE session_key = ${key}
    RETURNING ${boundedData(Prisma.sql`session_data`)} AS data`;
  return row?.data ?? null;
}

async function writeTheirs(
  tx: TransactionClient,
  key: string,
  { data, expireDate }: { data: string | null; expireDate: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE django_session SET session_data = COALESCE(${data}, session_data),
      expire_date = ${expireDate}
    WHERE session_key = ${key}`;
}

function timesOf({ theirs }: Halves, now: Date): { lastSeen: Date; expireDate: Date } {
  return { lastSeen: now, expireDate: expiryDate(parseJson(theirs.get(EXPIRY_NAME) ?? ''), now) };
}
