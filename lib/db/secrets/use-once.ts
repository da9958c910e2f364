import { sha256Hex } from '@/lib/core/crypto';
import { type DbClient, db } from '@/lib/db/client';

/**
 * Use something up that must count once: a challenge, a state, a `jti`, a mailed link. True for the
 * first who does, false ever after, of however many at once. `kind` has 20 characters at most;
 * `value` is kept as its SHA-256, until `expires`, when it must be worth nothing by itself. With a
 * transaction it is used up if that is committed.
 * Rejects when the database does not answer: then it has not been used.
 * @example
 * const expires = new Date(Date.now() + 300_000);
 * if (!(await useOnce('challenge', challenge, expires))) throw new PermissionDenied();
 */
export async function useOnce(
  kind: string,
  value: string,
  expires: Date,
  client: DbClient = db,
): Promise<boolean> {
  const count = await client.$executeRaw`
    INSERT INTO auth_used (kind, key, expires) VALUES (${kind}, ${sha256Hex(value)}, ${expires})
    ON CONFLICT (kind, key) DO NOTHING`;
  return count > 0;
}

/** Delete what has been used and would be worth nothing by now. Returns how many. */
export async function clearUsed(now = new Date()): Promise<number> {
  return db.$executeRaw`DELETE FROM auth_used WHERE expires <= ${now}`;
}
