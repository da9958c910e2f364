import { brought } from '@/lib/apps/registry';
import { settings } from '@/lib/conf/settings';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { bestEffort } from '@/lib/db/best-effort';
import { type TransactionClient, transaction } from '@/lib/db/client';
import type { Json, SessionClient, SessionRow } from './row';

/** Changed values by name; undefined removes the name. */
export type Changes = ReadonlyMap<string, Json | undefined>;

type Write = {
  changes: Changes;
  userId: number | null;
  client: SessionClient;
  now: Date;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Deletes what is over of the app's own; `manage clearsessions` calls it. */
    readonly clearExpired?: readonly (() => Promise<unknown>)[];
    /**
     * Told in the transaction when a session goes on in another row, under a new key: for what names
     * sessions by their row, or by the hash of their key.
     */
    readonly sessionMoved?: readonly ((
      tx: TransactionClient,
      move: SessionMove,
    ) => Promise<unknown>)[];
  }
}

/** A session that goes on: its rows, and the hex SHA-256 of its keys. */
export type SessionMove = {
  readonly from: number;
  readonly to: number;
  readonly fromHash: string;
  readonly toHash: string;
};

const MAX_USER_AGENT = 255;

/**
 * Make a row under a new key. `keyHash` is the hex SHA-256 of the key. `replaced` is the row that
 * goes; if it `isKept`, its values go on in the new one.
 * Throws SuspiciousOperation when such a row was ended meanwhile: a revoked session must not come
 * back under a new key.
 * Django: contrib/sessions/backends/db.py SessionStore.create, cycle_key
 */
export async function createSession(
  tx: TransactionClient,
  keyHash: string,
  replaced: { id: number; isKept: boolean } | null,
  write: Write,
): Promise<SessionRow> {
  const former = replaced && (await takeFormer(tx, replaced));
  const row = await tx.session.create({
    data: {
      sessionKey: keyHash,
      sessionData: merge(former?.sessionData ?? '{}', write.changes),
      userId: write.userId,
      created: write.now,
      ...seenAt(write.now),
      ipAddress: write.client.ipAddress,
      userAgent: write.client.userAgent.slice(0, MAX_USER_AGENT),
    },
  });
  if (replaced && former && write.userId !== null) {
    const hashes = { fromHash: former.sessionKey, toHash: keyHash };
    const move = { from: replaced.id, to: row.id, ...hashes };
    for (const moved of brought('sessionMoved')) await moved(tx, move);
  }
  return row;
}

/**
 * Write changed values into an existing row, over what another request may have written since it
 * was read. Throws SuspiciousOperation when the row was ended meanwhile.
 * Django: SessionStore.save (UpdateError)
 */
export async function updateSession(
  tx: TransactionClient,
  id: number,
  write: Write,
): Promise<SessionRow> {
  const sessionData = merge(await lockData(tx, id, write.now), write.changes);
  return tx.session.update({
    where: { id },
    data: { sessionData, userId: write.userId, ...seenAt(write.now) },
  });
}

/** End a session. A row that is gone already is no error. */
export async function deleteSession(tx: TransactionClient, id: number): Promise<void> {
  await tx.session.deleteMany({ where: { id } });
}

/**
 * Mark the session as seen and push its idle limit on, at most once per SESSION_SLIDE_INTERVAL
 * (seconds): a page view is not a write. Of several page views at once one writes. A database that
 * cannot be written to, or not at once, leaves the row as it is: the next page tries again.
 */
export async function touchSession(
  { id, lastSeen }: { id: number | null; lastSeen: Date | null },
  now = new Date(),
): Promise<void> {
  const before = new Date(now.getTime() - settings.SESSION_SLIDE_INTERVAL * 1000);
  if (id === null || lastSeen === null || lastSeen >= before) return;
  const where = { id, lastSeen: { lt: before } };
  await bestEffort('That a session was seen', () =>
    transaction((tx) => tx.session.updateMany({ where, data: seenAt(now) })),
  );
}

/**
 * Delete the rows past their idle or absolute limit. Returns how many.
 * Django: SessionStore.clear_expired
 */
export async function clearExpired(now = new Date()): Promise<number> {
  const oldest = new Date(now.getTime() - settings.SESSION_ABSOLUTE_AGE * 1000);
  const { count } = await transaction((tx) =>
    tx.session.deleteMany({
      where: { OR: [{ expireDate: { lte: now } }, { created: { lte: oldest } }] },
    }),
  );
  return count;
}

function seenAt(now: Date) {
  return {
    lastSeen: now,
    expireDate: new Date(now.getTime() + settings.SESSION_COOKIE_AGE * 1000),
  };
}

type Former = { sessionKey: string; sessionData: string };

// Deleting waits for whoever writes, and gives the last values. Null for what does not go on.
async function takeFormer(
  tx: TransactionClient,
  { id, isKept }: { id: number; isKept: boolean },
): Promise<Former | null> {
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
