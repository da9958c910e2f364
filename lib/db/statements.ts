import { channel } from 'node:diagnostics_channel';
import { env } from '@/lib/conf/env';

/** What subscribers of `gatehouse:db:statement` receive: the statement, never its values. */
export type StatementMessage = { sql: string };

const statements = channel('gatehouse:db:statement');

/**
 * Tell Node's diagnostics channel `gatehouse:db:statement` of a statement about to run, and print
 * it on one line of stdout while `LOG_SQL=1`. Values are never part of it.
 * Django: django/db/backends/utils.py CursorDebugWrapper (connection.queries)
 */
export function publishStatement(sql: string): void {
  if (env.LOG_SQL) process.stdout.write(`SQL ${sql.replace(/\s+/g, ' ').trim()}\n`);
  if (statements.hasSubscribers) statements.publish({ sql } satisfies StatementMessage);
}
