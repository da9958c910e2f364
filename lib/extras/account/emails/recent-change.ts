import { sha256Hex } from '@/lib/core/crypto';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';
import { useOnce as takeOnce } from '@/lib/db/secrets/use-once';

/** Seconds that a former address can undo what was done to the account's: seven days. */
export const UNDO_AGE = 7 * 86_400;

const KIND = 'email_changed';

/**
 * Whether the address of an account was changed within the last seven days. Then the one that it has is
 * not yet trusted with a way back: it may be that of whoever changed it.
 */
export async function changedLately(
  userId: number,
  client: DbClient = db,
  now = new Date(),
): Promise<boolean> {
  const where = { kind: KIND, key: sha256Hex(String(userId)), expires: { gt: now } };
  return (await client.used.count({ where })) > 0;
}

/** Note that it was changed now; a note that is there already stays for as long as it was to. */
export async function noteChange(
  tx: TransactionClient,
  userId: number,
  now = new Date(),
): Promise<void> {
  const where = { kind: KIND, key: sha256Hex(String(userId)), expires: { lte: now } };
  await tx.used.deleteMany({ where });
  await takeOnce(KIND, String(userId), new Date(now.getTime() + UNDO_AGE * 1000), tx);
}

/** Forget it: the address is the former one again. */
export async function forgetChange(tx: TransactionClient, userId: number): Promise<void> {
  await tx.used.deleteMany({ where: { kind: KIND, key: sha256Hex(String(userId)) } });
}
