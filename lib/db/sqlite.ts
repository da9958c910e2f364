import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { settings } from '@/lib/conf/settings';
import { type Dialect, withDialect } from './adapter';
import { formatSqliteDateTime, isoFromSqliteDateTime } from './datetime';
import { publishStatement } from './statements';

type Client = ReturnType<PrismaLibSql['createClient']>;
type Transaction = Awaited<ReturnType<Client['transaction']>>;

// The driver waits inside a synchronous call, which stops the whole process. So it waits briefly,
// and the retry below waits with the event loop free.
const NATIVE_BUSY_TIMEOUT = 20;

const PRAGMAS = `
PRAGMA busy_timeout = ${NATIVE_BUSY_TIMEOUT};
PRAGMA foreign_keys = ON;
PRAGMA journal_mode = WAL;
`;

// Prisma's ColumnType numbers.
const BOOLEAN = 5;
const DATE_TIME = 10;

const sqliteDialect: Dialect = {
  attempt: retryWhileBusy,
  observe: publishStatement,
  prepare: (query) => {
    const args = [...query.args];
    const argTypes = [...query.argTypes];
    for (const [index, type] of query.argTypes.entries()) {
      const value = args[index];
      const isTime = type.scalarType === 'datetime' && typeof value === 'string';
      if (!isTime && !(value instanceof Date)) continue;
      args[index] = formatSqliteDateTime(new Date(value));
      argTypes[index] = { ...type, scalarType: 'string' };
    }
    return { ...query, args, argTypes };
  },
  convert: (result) => {
    const converters = result.columnTypes.map((type) => {
      if (type === BOOLEAN) return (value: unknown) => (value === null ? null : Boolean(value));
      if (type === DATE_TIME) return (value: unknown) => asIsoText(value);
      return null;
    });
    if (converters.every((convert) => convert === null)) return result;
    return {
      ...result,
      rows: result.rows.map((row) =>
        row.map((value, index) => converters[index]?.(value) ?? value),
      ),
    };
  },
};

/**
 * The driver adapter for `file:PATH`: one connection per process in WAL mode with foreign keys
 * checked, transactions that take the write lock when they begin, times in Django's text form. A
 * database that another process is writing to is asked again for DATABASE_BUSY_TIMEOUT
 * milliseconds, with the event loop free, before the statement fails.
 * Django: django/db/backends/sqlite3/base.py
 */
export function sqliteAdapter(url: string) {
  return withDialect(new SingleConnectionLibSql({ url }), sqliteDialect);
}

/** The file of a `file:PATH` address, relative to where the application is run. */
export function sqlitePath(): string {
  const path = settings.DATABASE_URL.replace(/^file:(\/\/(?=\/))?/, '').replace(/\?.*$/, '');
  return decodeURIComponent(path);
}

/** The same connection without the dialect, for Prisma's engine, which keeps its own time format. */
export class SingleConnectionLibSql extends PrismaLibSql {
  override async connect() {
    const adapter = await super.connect();
    await retryWhileBusy(() => adapter.executeScript(PRAGMAS));
    return adapter;
  }

  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const client = super.createClient(config);
    const driverExecute = client.execute.bind(client);
    let isInTransaction = false;

    async function execute(statement: Parameters<Client['execute']>[0]) {
      try {
        const result = await driverExecute(statement);
        return Object.assign(result, { columnTypes: result.columnTypes.map(declaredType) });
      } catch (error) {
        // The driver never resets a statement that met a busy database, and SQLite then refuses to
        // commit on that connection.
        if (!isInTransaction && isBusy(error)) await reopen(client);
        throw withoutCode(error);
      }
    }

    // The driver would hand its connection over to the transaction and open another one, without
    // the pragmas. The adapter lets nothing else run during a transaction, so one is enough.
    async function transaction() {
      await execute('BEGIN IMMEDIATE');
      isInTransaction = true;
      return transactionOn(client, () => {
        isInTransaction = false;
      });
    }

    return Object.assign(client, { execute, transaction });
  }
}

// The adapter recognises a missing table or column by how SQLite's own message begins.
function withoutCode(error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replace(/^SQLITE_[A-Z_]+: /, '');
  return error;
}

async function reopen(client: Client): Promise<void> {
  await client.reconnect();
  await client.executeMultiple(PRAGMAS);
}

/** Django's declared types in the words that the adapter knows. */
function declaredType(type: string): string {
  const name = type.toLowerCase();
  if (name === 'bool') return 'BOOLEAN';
  if (name.startsWith('varchar')) return 'VARCHAR';
  return name.startsWith('smallint') ? 'SMALLINT' : type;
}

function transactionOn(client: Client, onEnd: () => void): Transaction {
  let isOpen = true;
  async function end(statement: 'COMMIT' | 'ROLLBACK') {
    isOpen = false;
    try {
      await client.execute(statement);
    } catch (error) {
      // A deferred foreign key fails at COMMIT and leaves the transaction open.
      if (statement === 'COMMIT') await client.execute('ROLLBACK').catch(() => null);
      throw error;
    } finally {
      onEnd();
    }
  }
  return {
    execute: (statement: Parameters<Transaction['execute']>[0]) => client.execute(statement),
    batch: async (statements) => {
      const results = [];
      for (const statement of statements) results.push(await client.execute(statement));
      return results;
    },
    executeMultiple: () => Promise.reject(new Error('A transaction runs single statements.')),
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
    close: () => {
      if (isOpen) void end('ROLLBACK').catch(() => null);
    },
    get closed() {
      return !isOpen;
    },
  };
}

/**
 * Run `attempt`, and again while another process writes to the database, for DATABASE_BUSY_TIMEOUT
 * milliseconds at most. Rejects with the last attempt's error.
 */
export async function retryWhileBusy<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + settings.DATABASE_BUSY_TIMEOUT;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
      await sleep(5 + Math.random() * 25);
    }
  }
}

// Prisma's adapter says so in the cause of its error, the driver by SQLite's number.
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { cause } = error;
  if (typeof cause === 'object' && cause !== null && 'kind' in cause) {
    return cause.kind === 'SocketTimeout';
  }
  return 'rawCode' in error && typeof error.rawCode === 'number' && (error.rawCode & 0xff) === 5;
}

function asIsoText(value: unknown): unknown {
  return typeof value === 'string' ? isoFromSqliteDateTime(value) : value;
}
