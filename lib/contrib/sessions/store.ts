import { brought } from '@/lib/apps/registry';
import { settings } from '@/lib/conf/settings';
import { sha256Hex } from '@/lib/core/crypto';
import { bestEffort } from '@/lib/db/best-effort';
import { type DbClient, type Prisma, type TransactionClient, transaction } from '@/lib/db/client';
import type { Replaced, SessionBackend, Write } from './backends/backend';
import { djangoSessions, endAtDjango, followDjango } from './backends/db';
import { EXPIRY_NAME } from './backends/halves';
import { noticeNewest, unseenKeysOf } from './backends/notice';
import { ownSessions } from './backends/own';
import { sharesDjangos } from './backends/stored-row';
import type { SessionRow } from './row';

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

/**
 * Make a row under a new key. `replaced` is the row that goes; if it `isKept`, its values go on in the
 * new one.
 * Throws SuspiciousOperation when such a row was ended meanwhile: a revoked session must not come
 * back under a new key.
 * Django: contrib/sessions/backends/db.py SessionStore.create, cycle_key
 */
export async function createSession(
  tx: TransactionClient,
  key: string,
  replaced: Replaced | null,
  write: Write,
): Promise<SessionRow> {
  const { row, formerHash } = await backend().create(tx, key, replaced, write);
  if (replaced && formerHash !== null && write.userId !== null) {
    const hashes = { fromHash: formerHash, toHash: sha256Hex(key) };
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
export function updateSession(
  tx: TransactionClient,
  id: number,
  write: Write,
): Promise<SessionRow> {
  return backend().update(tx, id, write);
}

/** End a session. A row that is gone already is no error. */
export async function deleteSession(tx: TransactionClient, id: number): Promise<void> {
  await backend().end(tx, [id]);
}

/**
 * End the sessions of which this is true, wherever they are kept: rows of `auth_session` are deleted here
 * and nowhere else. Returns how many there were. A session of Django's that has not been seen here is left
 * out: what ends it is the new password, or that its user is inactive or gone.
 */
export async function endSessions(tx: DbClient, where: Prisma.SessionWhereInput): Promise<number> {
  if (!sharesDjangos()) return (await tx.session.deleteMany({ where })).count;
  const rows = await tx.session.findMany({ where, select: { id: true } });
  let count = 0;
  for (let start = 0; start < rows.length; start += 1000) {
    const ids = rows.slice(start, start + 1000).map(({ id }) => id);
    count += await backend().end(tx, ids);
  }
  return count;
}

/**
 * End one session of a person. Returns the hash of its key; null when there is none of that id, or it is
 * not theirs. One statement, and one more with Django's sessions.
 */
export async function endSessionOf(
  client: DbClient,
  { id, userId }: { id: number; userId: number },
): Promise<string | null> {
  const [ended] = await client.$queryRaw<{ sessionKey: string; djangoKey: string | null }[]>`
    DELETE FROM auth_session WHERE id = ${id} AND user_id = ${userId}
    RETURNING session_key AS "sessionKey", django_key AS "djangoKey"`;
  if (!ended) return null;
  if (ended.djangoKey !== null && sharesDjangos()) await endAtDjango(client, [ended.djangoKey]);
  return ended.sessionKey;
}

/** End at Django what is about to be deleted here, by the ids of its rows. */
export async function endElsewhere(tx: DbClient, ids: readonly number[]): Promise<void> {
  if (!sharesDjangos()) return;
  const where = { id: { in: [...ids] } };
  const rows = await tx.session.findMany({ where, select: { djangoKey: true } });
  await endAtDjango(
    tx,
    rows.flatMap(({ djangoKey }) => djangoKey ?? []),
  );
}

/**
 * End all sessions of these users, but for the one of id `kept`, where nothing else ends them. Returns how
 * many there were. With Django's sessions those that have not been seen here are looked for among all
 * that Django has: some 20 µs each.
 */
export async function endSessionsOf(
  tx: DbClient,
  userIds: readonly number[],
  kept: number | null = null,
): Promise<number> {
  const where = { userId: { in: [...userIds] }, ...(kept !== null && { id: { not: kept } }) };
  const count = await endSessions(tx, where);
  if (!sharesDjangos()) return count;
  return count + (await endAtDjango(tx, await unseenKeysOf(tx, userIds)));
}

/** Have the rows of `auth_session` tell of a person's sessions what Django knows of them. */
export async function refreshSessionsOf(userId: number): Promise<void> {
  if (!sharesDjangos()) return;
  await noticeNewest();
  await bestEffort('Which sessions Django has ended', () => followDjango(userId));
}

/**
 * Mark the session as seen and push its idle limit on, at most once per SESSION_SLIDE_INTERVAL
 * (seconds): a page view is not a write. Of several page views at once one writes. A database that
 * cannot be written to, or not at once, leaves the row as it is: the next page tries again.
 */
export async function touchSession(
  session: { id: number | null; lastSeen: Date | null; get?(name: string): unknown },
  now = new Date(),
): Promise<void> {
  const { id, lastSeen } = session;
  const before = new Date(now.getTime() - settings.SESSION_SLIDE_INTERVAL * 1000);
  if (id === null || lastSeen === null || lastSeen >= before) return;
  const seen = { now, before, expiry: session.get?.(EXPIRY_NAME) };
  await bestEffort('That a session was seen', () =>
    transaction(async (tx) => backend().touch(tx, id, seen)),
  );
}

/**
 * Delete the rows past their idle or absolute limit. Returns how many.
 * Django: SessionStore.clear_expired
 */
export function clearExpired(now = new Date()): Promise<number> {
  return backend().clearExpired(now);
}

function backend(): SessionBackend {
  return sharesDjangos() ? djangoSessions : ownSessions;
}
