import { settings } from '@/lib/conf/settings';
import { db, transaction } from '@/lib/db/client';
import { useOnce as markOnce } from '@/lib/db/secrets/use-once';
import { endTokens } from './end-tokens';
import { tellOwners } from './mails/tell-owners';

const SELECT = { id: true, userId: true, name: true, start: true, expires: true } as const;

// Tokens of one statement and transaction.
const BATCH = 500;

/**
 * Note the end of tokens whose day has come, and tell the owners of those whose day comes within
 * settings.TOKENS_REMIND_BEFORE, once each. Nothing waits for it: a token is refused after its end
 * whether this runs or not. Returns how many of both there were.
 */
export async function expireTokens(now = new Date()): Promise<{ ended: number; told: number }> {
  return { ended: await noteEnded(now), told: await tellEnding(now) };
}

async function noteEnded(now: Date): Promise<number> {
  let ended = 0;
  for (;;) {
    const where = { revoked: null, expires: { lte: now } };
    const rows = await db.token.findMany({ where, select: { id: true }, take: BATCH });
    if (rows.length === 0) return ended;
    const ids = rows.map(({ id }) => id);
    const gone = await transaction((tx) => endTokens(tx, ids, { reason: 'expired' }));
    ended += gone.length;
  }
}

async function tellEnding(now: Date): Promise<number> {
  const until = new Date(now.getTime() + settings.TOKENS_REMIND_BEFORE * 1000);
  let told = 0;
  let after = 0;
  for (;;) {
    const rows = await db.token.findMany({
      where: { id: { gt: after }, revoked: null, expires: { gt: now, lte: until } },
      select: SELECT,
      orderBy: { id: 'asc' },
      take: BATCH,
    });
    for (const row of rows) {
      after = row.id;
      if (!(await markOnce('token_reminder', String(row.id), row.expires ?? until))) continue;
      await tellOwners([row], 'ends soon');
      told += 1;
    }
    if (rows.length < BATCH) return told;
  }
}
