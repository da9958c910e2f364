import { databaseProvider, db } from '@/lib/db/client';

/**
 * Inside a transaction: ends once a question that another one asks is answered, or waits for a lock. On
 * SQLite it waits by then, as everybody does.
 */
export async function answeredOrWaiting(question: Promise<unknown>): Promise<void> {
  if (databaseProvider() === 'sqlite') return;
  let isOver = false;
  const answered = question.finally(() => {
    isOver = true;
  });
  const waiting = async () => {
    while (!isOver) {
      const locks = await db.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_locks WHERE NOT granted
          AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;
      isOver ||= locks.length > 0;
    }
  };
  await Promise.race([answered, waiting()]);
}
