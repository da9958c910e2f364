import { settings } from '@/lib/conf/settings';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import { endSessions, type SessionMove } from '@/lib/contrib/sessions/store';
import { db, type TransactionClient, transaction } from '@/lib/db/client';

/**
 * By what acting as somebody ended: by whoever acted, by its time, with their own session or the one
 * that they acted in, or because they might not any more. `auth_impersonation` keeps 12 characters.
 */
export type EndedBy = 'stop' | 'sign-out' | 'time' | 'own session' | 'session' | 'rights';

/** What the person is told of it afterwards: who acted as them, and why. */
export type Ended = { userId: number; impersonatorUsername: string; reason: string };

/** Who asked for it, where somebody did. */
type Ending = { by: EndedBy; at: Date; request?: SecurityRequest };

// Records of one statement.
const BATCH = 500;

/**
 * Note that whoever acts in the session of a request stops: the session itself is the caller's. Returns
 * what has ended; null where that was noted before.
 */
export async function noteStop(
  request: SecurityRequest,
  by: 'stop' | 'sign-out',
  at = new Date(),
): Promise<Ended | null> {
  const keyHash = request.session?.keyHash ?? null;
  if (keyHash === null) return null;
  return transaction((tx) => noteEnd(tx, keyHash, { by, at, request }));
}

/**
 * End a session in which nobody may act any more, by the id of its row, and note why. Returns what has
 * ended; null where that was noted before.
 */
export async function endActing(id: number, ending: Ending): Promise<Ended | null> {
  return transaction(async (tx) => {
    const row = await tx.session.findUnique({ where: { id }, select: { sessionKey: true } });
    return row && endSession(tx, row.sessionKey, ending);
  });
}

/** Let the record of acting in a session go on with it, under another key. */
export async function moveActing(
  tx: TransactionClient,
  { fromHash, toHash }: SessionMove,
): Promise<void> {
  const where = { sessionKey: fromHash, ended: null };
  await tx.impersonation.updateMany({ where, data: { sessionKey: toHash } });
}

/**
 * Note the end of what ended unseen: its time ran out, or its session is gone, and no request came after
 * that. When a session went is not known: it is said to be now, or the end of its time before that.
 * Each is handed to `tell` once it is noted.
 */
export async function noteUnseenEnds(
  tell: (ended: Ended) => Promise<unknown>,
  now = new Date(),
): Promise<void> {
  for (let after = 0, isMore = true; isMore; ) {
    const rows = await db.impersonation.findMany({
      where: { id: { gt: after }, ended: null },
      select: { id: true, sessionKey: true, started: true },
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    const living = await livingAmong(rows.map(({ sessionKey }) => sessionKey));
    for (const { id, sessionKey, started } of rows) {
      after = id;
      const until = new Date(started.getTime() + settings.HIJACK_AGE * 1000);
      const isLiving = living.has(sessionKey);
      if (isLiving && until > now) continue;
      const ending = { by: isLiving ? 'time' : 'session', at: until < now ? until : now } as const;
      const ended = await transaction((tx) => endSession(tx, sessionKey, ending));
      if (ended) await tell(ended);
    }
    isMore = rows.length === BATCH;
  }
}

async function livingAmong(keyHashes: readonly string[]): Promise<Set<string>> {
  const where = { sessionKey: { in: [...keyHashes] } };
  const rows = await db.session.findMany({ where, select: { sessionKey: true } });
  return new Set(rows.map(({ sessionKey }) => sessionKey));
}

async function endSession(
  tx: TransactionClient,
  sessionKey: string,
  ending: Ending,
): Promise<Ended | null> {
  const ended = await noteEnd(tx, sessionKey, ending);
  await endSessions(tx, { sessionKey });
  return ended;
}

async function noteEnd(
  tx: TransactionClient,
  sessionKey: string,
  { by, at, request }: Ending,
): Promise<Ended | null> {
  const where = { sessionKey, ended: null };
  const row = await tx.impersonation.findFirst({ where });
  const data = { ended: at, endedBy: by };
  const { count } = await tx.impersonation.updateMany({ where, data });
  if (!row || count === 0) return null;
  const target = { id: row.userId, username: row.username };
  const impersonator = { id: row.impersonatorId, username: row.impersonatorUsername };
  await logSecurityEvent({
    name: 'authz_admin',
    target,
    ...(request && { actor: { ...target, isAuthenticated: true, impersonator }, request }),
    detail: { impersonation: 'stop', by, impersonator: impersonator.username },
    tx,
  });
  return row;
}
