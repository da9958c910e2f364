import { db } from '@/lib/db/client';

// Rows of one statement, which is a transaction of its own: nobody waits for long.
const BATCH = 1000;

/**
 * Delete the entries of the security log from before a moment, the oldest first, a thousand at a
 * time, each for good. `onBatch` is told how many a statement deleted. The admin's history is another
 * table and is not touched.
 * Django: no counterpart; django-axes: axes_reset_logs
 */
export async function clearSecurityLog(
  before: Date,
  onBatch: (count: number) => void,
): Promise<void> {
  for (;;) {
    const count = await db.$executeRaw`
      DELETE FROM auth_security_log WHERE id IN (
        SELECT id FROM auth_security_log WHERE time < ${before} ORDER BY time, id LIMIT ${BATCH})`;
    if (count === 0) return;
    onBatch(count);
  }
}
