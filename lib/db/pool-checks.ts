import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from '@/lib/core/checks/registry';
import { serverProcesses } from '@/lib/core/processes';
import { isConfigured } from './checks';
import { databaseProvider, db } from './client';

/** A pool or a limit of PostgreSQL's that is no number of connections or milliseconds. */
export function checkPool(): CheckMessage[] {
  const { DATABASE_POOL_SIZE: size, DATABASE_STATEMENT_TIMEOUT: timeout } = settings;
  const found: CheckMessage[] = [];
  if (!(Number.isInteger(size) && size > 0)) {
    const hint = 'Set it to the connections that one process may open, or leave it out.';
    found.push(checkError('db.E005', 'DATABASE_POOL_SIZE is not a number from 1.', hint));
  }
  if (!(Number.isInteger(timeout) && timeout >= 0)) {
    const hint = 'Set it to milliseconds, 0 for no limit, or leave it out.';
    found.push(checkError('db.E006', 'DATABASE_STATEMENT_TIMEOUT is not a number from 0.', hint));
  }
  return found;
}

/**
 * More connections than PostgreSQL grants: those of all processes of `npm start` on this machine.
 * What other machines open is not known here. Nothing where the database does not answer.
 */
export async function checkConnections(): Promise<CheckMessage[]> {
  if (!isConfigured() || databaseProvider() !== 'postgresql') return [];
  const granted = await grantedConnections().catch(() => null);
  const wanted = serverProcesses() * settings.DATABASE_POOL_SIZE;
  if (granted === null || !(wanted > granted)) return [];
  return [
    checkWarning(
      'db.W002',
      `${serverProcesses()} processes with ${settings.DATABASE_POOL_SIZE} connections each may open ${wanted}, and PostgreSQL grants ${granted}.`,
      'Lower DATABASE_POOL_SIZE or WEB_CONCURRENCY, raise max_connections, or put a connection pooler in front.',
    ),
  ];
}

async function grantedConnections(): Promise<number | null> {
  const [row] = await db.$queryRaw<{ granted: number }[]>`
    SELECT current_setting('max_connections')::int
      - current_setting('superuser_reserved_connections')::int AS granted`;
  return row?.granted ?? null;
}
