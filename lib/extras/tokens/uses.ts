import { bestEffort } from '@/lib/db/best-effort';
import { db } from '@/lib/db/client';
import { after } from '@/lib/http/source/current-source';
import type { Token } from './models';

// Milliseconds: more often it is not written.
const INTERVAL = 60_000;

/** Note when and from where a token was used, once a minute at most, after the answer. */
export function noteUse({ id, lastUsed }: Token, ipAddress: string): void {
  const now = new Date();
  const before = new Date(now.getTime() - INTERVAL);
  if (lastUsed !== null && lastUsed > before) return;
  after(() =>
    bestEffort('When a token was used', () =>
      db.token.updateMany({
        where: { id, OR: [{ lastUsed: null }, { lastUsed: { lte: before } }] },
        data: { lastUsed: now, lastUsedIp: ipAddress.slice(0, 45) },
      }),
    ),
  );
}
