import { PrismaPg } from '@prisma/adapter-pg';
import { settings } from '@/lib/conf/settings';
import { withDialect } from './adapter';
import { publishStatement } from './statements';

const CONNECT_TIMEOUT = 10_000;

/**
 * The pool's settings for a `postgres://` address: the session's zone is UTC whatever the
 * database's is, because the adapter reads and writes times without one. Start options in the
 * address are kept. An unreachable server fails after ten seconds.
 * Django: django/db/backends/postgresql/base.py ensure_timezone
 */
export function postgresqlPool(address: string, connections: number) {
  const url = new URL(address);
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return {
    connectionString: url.href,
    options: `${options} -c TimeZone=UTC`.trim(),
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
  };
}

/**
 * The driver adapter for `postgres://…`, with a pool of DATABASE_POOL_SIZE connections.
 * Django: django/db/backends/postgresql/base.py
 */
export function postgresqlAdapter(address: string) {
  const pool = postgresqlPool(address, settings.DATABASE_POOL_SIZE);
  return withDialect(new PrismaPg(pool), { observe: publishStatement });
}
