import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { settings } from '@/lib/conf/settings';
import { type Adapter, type Dialect, withDialect } from '@/lib/db/adapter';
import { formatSqliteDateTime, isoFromSqliteDateTime } from '@/lib/db/datetime';
import { isHurried } from '@/lib/db/hurry';
import type { Reader } from '@/lib/db/readers/direct-read';
import { publishStatement } from '@/lib/db/statements';
import { isDecimalParameter, refuseSumOfDecimals } from './column-rules';
import { decimalOfText, decimalText } from './decimal-text';
import { isBusy, SqliteClient } from './sqlite-client';
import { makeSqliteFile } from './sqlite-file';

type Client = ReturnType<PrismaLibSql['createClient']>;

// The driver waits inside a synchronous call, which stops the whole process. So it waits briefly while
// it opens the file, and never after that: the retry below waits with the event loop free, for as many
// writers as there are.
const PRAGMAS = `
PRAGMA busy_timeout = 20;
PRAGMA foreign_keys = ON;
PRAGMA journal_mode = WAL;
PRAGMA busy_timeout = 0;
`;

// The mark is another one of each connection.
const READING = `${PRAGMAS}
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE IF NOT EXISTS opened AS SELECT random() AS mark;
PRAGMA query_only = ON;
`;

// Prisma's ColumnType numbers.
const BOOLEAN = 5;
const DATE_TIME = 10;
const NUMERIC = 4;

const sqliteDialect: Dialect = {
  attempt: retryWhileBusy,
  observe: publishStatement,
  // SQLite's own since 3.32. Prisma takes it for 999, and would write a large save in many statements.
  maxBindValues: 32_766,
  prepare: (query) => {
    const args = [...query.args];
    const argTypes = [...query.argTypes];
    refuseSumOfDecimals(query.sql);
    for (const [index, type] of query.argTypes.entries()) {
      const value = args[index];
      // A float comes as a number, but for a large one; a decimal comes as a text.
      if (type.scalarType === 'decimal' && typeof value === 'string') {
        const isFloat = isLarge(value) && !isDecimalParameter(query.sql, index);
        args[index] = isFloat ? Number(value) : decimalText(value);
        argTypes[index] = { ...type, scalarType: isFloat ? 'float' : 'string' };
      }
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
      if (type === NUMERIC) return (value: unknown) => asDecimal(value);
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

/**
 * A connection beside it that only reads: it sees what is committed, waits for no transaction of this
 * process, and refuses to write.
 * Django: none; there each thread has a connection
 */
export function sqliteReader(url: string): Reader {
  let adapter: Promise<Adapter> | null = null;
  return {
    connect: () => {
      adapter ??= withDialect(
        new SingleConnectionLibSql({ url }, READING),
        sqliteDialect,
      ).connect();
      // What could not be opened is tried again.
      adapter.catch(() => {
        adapter = null;
      });
      return adapter;
    },
    close: async () => {
      const opened = await adapter?.catch(() => null);
      adapter = null;
      await opened?.dispose();
    },
  };
}

/** The file of a `file:PATH` address, relative to where the application is run. */
export function sqlitePath(): string {
  return pathOf(settings.DATABASE_URL);
}

function pathOf(url: string): string {
  return decodeURIComponent(url.replace(/^file:(\/\/(?=\/))?/, '').replace(/\?.*$/, ''));
}

/** The same connection without the dialect, for Prisma's engine, which keeps its own time format. */
export class SingleConnectionLibSql extends PrismaLibSql {
  readonly #onOpen: string;

  constructor(config: ConstructorParameters<typeof PrismaLibSql>[0], onOpen = PRAGMAS) {
    super(config);
    this.#onOpen = onOpen;
  }

  override async connect() {
    const adapter = await super.connect();
    await retryWhileBusy(() => adapter.executeScript(this.#onOpen));
    return adapter;
  }

  override createClient({ url }: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const path = pathOf(url);
    makeSqliteFile(path);
    // The adapter calls nothing else of a client.
    return new SqliteClient(path, this.#onOpen) as object as Client;
  }
}

/**
 * Run `attempt`, and again while another process writes to the database, for DATABASE_BUSY_TIMEOUT
 * milliseconds at most, or not at all in a hurry. Rejects with the last attempt's error.
 */
export async function retryWhileBusy<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + (isHurried() ? 0 : settings.DATABASE_BUSY_TIMEOUT);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) throw error;
      await sleep(5 + Math.random() * 25);
    }
  }
}

// Prisma writes an integer beyond 2^53 as a text, whatever the column.
function isLarge(text: string): boolean {
  return /^-?\d{16,}(?:\.0+)?$|e/i.test(text);
}

// A column that Django made holds numbers.
function asDecimal(value: unknown): unknown {
  return typeof value === 'string' ? (decimalOfText(value) ?? value) : value;
}

function asIsoText(value: unknown): unknown {
  return typeof value === 'string' ? isoFromSqliteDateTime(value) : value;
}
