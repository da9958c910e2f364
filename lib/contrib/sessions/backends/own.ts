import { settings } from '@/lib/conf/settings';
import { sha256Hex } from '@/lib/core/crypto';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { type Changes, MAX_USER_AGENT, type Replaced, type SessionBackend } from './backend';

/**
 * Rows of `auth_session`, found by the hash of their key.
 * Django: contrib/sessions/backends/db.py SessionStore
 */
export const ownSessions: SessionBackend = {
  async create(tx, key, replaced, { changes, userId, client, now }) {
    const former = replaced && (await takeFormer(tx, replaced));
    const row = await tx.session.create({
      data: {
        sessionKey: sha256Hex(key),
        sessionData: merge(former?.sessionData ?? '{}', changes),
        userId,
        created: now,
        ...seenAt(now),
        ipAddress: client.ipAddress,
        userAgent: client.userAgent.slice(0, MAX_USER_AGENT),
      },
    });
    return { row, formerHash: former?.sessionKey ?? null };
  },

  async update(tx, id, { changes, userId, now }) {
    const sessionData = merge(await lockData(tx, id, now), changes);
    return tx.session.update({ where: { id }, data: { sessionData, userId, ...seenAt(now) } });
  },

  async end(tx, ids) {
    return (await tx.session.deleteMany({ where: { id: { in: [...ids] } } })).count;
  },

  touch(tx, id, { now, before }) {
    const where = { id, lastSeen: { lt: before } };
    return tx.session.updateMany({ where, data: seenAt(now) });
  },

  async clearExpired(now) {
    const oldest = new Date(now.getTime() - settings.SESSION_ABSOLUTE_AGE * 1000);
    const { count } = await transaction((tx) =>
      tx.session.deleteMany({
        where: { OR: [{ expireDate: { lte: now } }, { created: { lte: oldest } }] },
      }),
    );
    return count;
  },
};

function seenAt(now: Date) {
  return {
    lastSeen: now,
    expireDate: new Date(now.getTime() + settings.SESSION_COOKIE_AGE * 1000),
  };
}

type Former = { sessionKey: string; sessionData: string };

// Deleting waits for whoever writes, and gives the last values. Null for what does not go on.
async function takeFormer(tx: TransactionClient, { id, isKept }: Replaced): Promise<Former | null> {
  const [row] = await tx.$queryRaw<Former[]>`
    DELETE FROM auth_session WHERE id = ${id}
    RETURNING session_key AS "sessionKey", session_data AS "sessionData"`;
  if (!isKept) return null;
  if (!row) throw new SuspiciousOperation('The session was ended meanwhile.');
  return row;
}

// Writing first takes the row's lock on PostgreSQL, so that the values read next are the last ones.
async function lockData(tx: TransactionClient, id: number, now: Date): Promise<string> {
  const { count } = await tx.session.updateMany({ where: { id }, data: { lastSeen: now } });
  if (count === 0) throw new SuspiciousOperation('The session was ended meanwhile.');
  const row = await tx.session.findUniqueOrThrow({ where: { id }, select: { sessionData: true } });
  return row.sessionData;
}

function merge(text: string, changes: Changes): string {
  const values = new Map<string, unknown>(Object.entries(JSON.parse(text)));
  for (const [name, value] of changes) {
    if (value === undefined) values.delete(name);
    else values.set(name, value);
  }
  return JSON.stringify(Object.fromEntries(values));
}
