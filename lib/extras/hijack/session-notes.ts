import { db } from '@/lib/db/client';

/** Of sessions in which somebody acts as their user: who, and why. One statement, none for no session. */
export async function actingNotes(keyHashes: readonly string[]): Promise<Map<string, string>> {
  if (keyHashes.length === 0) return new Map();
  const rows = await db.impersonation.findMany({
    where: { sessionKey: { in: [...keyHashes] }, ended: null },
    select: { sessionKey: true, impersonatorUsername: true, reason: true },
  });
  return new Map(
    rows.map(({ sessionKey, impersonatorUsername, reason }) => [
      sessionKey,
      `Support (${impersonatorUsername}), reason: ${reason}`,
    ]),
  );
}
