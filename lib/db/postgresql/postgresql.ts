import { PrismaPg } from '@prisma/adapter-pg';
import { settings } from '@/lib/conf/settings';
import { withDialect } from '@/lib/db/adapter';
import { PLANNED_EACH_TIME } from '@/lib/db/plans';
import { publishStatement } from '@/lib/db/statements';
import { readPostgresqlAddress, searchPathOption } from './address';
import { rememberPool } from './pool-state';

const CONNECT_TIMEOUT = 10_000;

// A database whose machine is gone says nothing: what waits for it must not wait for ever.
const SILENCE = 5000;
const KEEP_ALIVE_DELAY = 10_000;

// A list of ids makes a statement of each length: these many are worth a plan on each connection.
const MAX_PREPARED = 200;

/** `connections` at most; a statement may take `statementTimeout` milliseconds, 0 is for ever. */
type Pool = { connections: number; statementTimeout: number };

/**
 * The pool's settings for a `postgres://` address: the session's zone is UTC whatever the
 * database's is, because the adapter reads and writes times without one. Start options in the
 * address are kept, and go before ours. An unreachable server fails after ten seconds, a silent one
 * five seconds after the statement's time; a connection that breaks is replaced when it is needed.
 * Django: django/db/backends/postgresql/base.py ensure_timezone, get_connection_params
 */
export function postgresqlPool(address: string, { connections, statementTimeout }: Pool) {
  const { connectionString, options, schema } = readPostgresqlAddress(address);
  const limit = statementTimeout > 0 ? `-c statement_timeout=${statementTimeout}` : '';
  return {
    connectionString,
    options: [limit, options, searchPathOption(schema), '-c TimeZone=UTC']
      .filter(Boolean)
      .join(' '),
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY,
    ...(statementTimeout > 0 && { query_timeout: statementTimeout + SILENCE }),
  };
}

/**
 * The driver adapter for `postgres://…`, with a pool of DATABASE_POOL_SIZE connections, statements
 * of DATABASE_STATEMENT_TIMEOUT milliseconds at most, and, by DATABASE_PREPARED_STATEMENTS, prepared
 * ones: by itself the adapter lets PostgreSQL parse and plan each statement each time.
 * Django: django/db/backends/postgresql/base.py
 */
export function postgresqlAdapter(address: string) {
  const pool = postgresqlPool(address, {
    connections: settings.DATABASE_POOL_SIZE,
    statementTimeout: settings.DATABASE_STATEMENT_TIMEOUT,
  });
  const { schema } = readPostgresqlAddress(address);
  const options = {
    ...(settings.DATABASE_PREPARED_STATEMENTS && { statementNameGenerator: statementNames() }),
    ...(schema !== null && { schema }),
  };
  return withDialect(new WatchedPg(pool, options), { observe: publishStatement });
}

class WatchedPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    rememberPool(adapter.underlyingDriver());
    return adapter;
  }
}

/**
 * Names for statements, the same text the same name, so that each connection prepares it once.
 * After MAX_PREPARED texts the others have none, '', and are planned each time, as are those that ask
 * for it.
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MAX_PREPARED || sql.includes(PLANNED_EACH_TIME)) return '';
    const name = `gatehouse_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
