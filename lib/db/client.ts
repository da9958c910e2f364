import { setTimeout as sleep } from 'node:timers/promises';
import { settings } from '@/lib/conf/settings';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { reportError } from '@/lib/core/log/error-report';
import { PrismaClient as PostgresqlClient, Prisma } from '@/lib/generated/postgresql/client';
import { PrismaClient as SqliteClient } from '@/lib/generated/sqlite/client';
import type { AdapterFactory } from './adapter';
import { isHurried } from './hurry';
import { postgresqlAdapter } from './postgresql/postgresql';
import { queryOf, type Reader, readDirectly } from './readers/direct-read';
import { withPoolReader } from './readers/pool-reader';
import { ruledQueries } from './sqlite/ruled-queries';
import { sqliteAdapter, sqliteReader } from './sqlite/sqlite';

export { Prisma } from '@/lib/generated/postgresql/client';

type Client = ReturnType<typeof connectPostgresql>;
type Connection = { url: string; client: Client; reader: Reader };

/** A client inside a transaction: the models and raw queries, without what opens or closes one. */
export type TransactionClient = Parameters<Parameters<Client['$transaction']>[0]>[0];

/** What a query needs, inside a transaction or outside. */
export type DbClient = Client | TransactionClient;

declare global {
  // The bundler makes several copies of this module; the connection is one per process.
  var gatehouseDatabase: Connection | undefined;
  var gatehouseCallbacks: Callbacks | undefined;
}

const TRANSACTION_ATTEMPTS = 5;

// Milliseconds that a transaction in a hurry waits for somebody else's lock on PostgreSQL.
const HURRIED_LOCK_TIMEOUT = 100;

type Callbacks = WeakMap<object, (() => void)[]>;

// Milliseconds. A page waits for a transaction to begin no longer than a person would.
const TRANSACTION_OPTIONS = { maxWait: 10_000, timeout: 15_000 };

globalThis.gatehouseCallbacks ??= new WeakMap();
const whenCommitted: Callbacks = globalThis.gatehouseCallbacks;

// A row carries the password hash only to a query that asks with `omit: { password: false }`.
const OMIT = { user: { password: true } } as const;

/**
 * The Prisma client of the database that DATABASE_URL names, connected at the first query and
 * shared by the whole process. On SQLite too it is typed as PostgreSQL's client: the models are
 * the same. A changed DATABASE_URL is followed at the next query. User rows come without their
 * password unless a query says `omit: { password: false }`.
 * Throws ImproperlyConfigured when DATABASE_URL names no database that we know.
 * Django: django/db/__init__.py connection
 */
export const db: Client = new Proxy<Client>(Object.create(null), {
  get(_target, name) {
    const { client } = current();
    const value: unknown = Reflect.get(client, name);
    return typeof value === 'function' ? value.bind(client) : value;
  },
});

/**
 * Which of the two databases DATABASE_URL names. Throws ImproperlyConfigured for any other.
 * Django: django/db/backends/base/base.py vendor
 */
export function databaseProvider(): 'sqlite' | 'postgresql' {
  if (/^postgres(ql)?:\/\//.test(settings.DATABASE_URL)) return 'postgresql';
  if (settings.DATABASE_URL.startsWith('file:')) return 'sqlite';
  throw new ImproperlyConfigured(
    'DATABASE_URL must be file:PATH for SQLite or postgres://USER:PASSWORD@HOST/NAME for PostgreSQL.',
  );
}

/**
 * Run `work` in one transaction, which ends with its promise: committed when it resolves, rolled
 * back when it rejects. On SQLite it holds the write lock from the start. After a deadlock or a
 * serialization failure `work` runs again, five times at most, so it must do nothing but query.
 * Only `tx` may be queried inside: on SQLite `db` waits until the transaction is over.
 * Django: django/db/transaction.py atomic
 * @example
 * const group = await transaction(async (tx) => {
 *   await tx.group.deleteMany({ where: { name: 'Former' } });
 *   return tx.group.create({ data: { name: 'Editors' } });
 * });
 */
export async function transaction<T>(work: (tx: TransactionClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const callbacks: (() => void)[] = [];
    try {
      const result = await db.$transaction(async (tx) => {
        whenCommitted.set(tx, callbacks);
        if (isHurried()) await limitLocks(tx);
        return work(tx);
      }, TRANSACTION_OPTIONS);
      for (const callback of callbacks) runCommitted(callback);
      return result;
    } catch (error) {
      if (attempt === TRANSACTION_ATTEMPTS || !isConflict(error)) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/**
 * Ask what a transaction would ask, without one: nothing is locked, and a database that another
 * process writes to, or that nobody can write to, answers at once. For pages that tell what a rule
 * would say; who saves asks again in a transaction.
 */
export function inquiry<T>(work: (tx: TransactionClient) => Promise<T>): Promise<T> {
  return work(db as TransactionClient);
}

/**
 * Call `callback` once the transaction is committed, and never if it is rolled back; at once outside
 * a transaction. For what no rollback takes back: a printed line, a cached row. What it throws is
 * reported and harms nobody.
 * Django: django/db/transaction.py on_commit(robust=True)
 */
export function afterCommit(client: DbClient, callback: () => void): void {
  const callbacks = whenCommitted.get(client);
  if (callbacks) callbacks.push(callback);
  else runCommitted(callback);
}

/**
 * What locks rows that a transaction has read, as SQL: the `clause`, or nothing on SQLite, where a
 * transaction holds the write lock, and outside a transaction, where a question is only asked: it
 * must be answered by a database that can only be read, too.
 * Django: QuerySet.select_for_update
 */
export function lockClause(client: DbClient, clause: 'FOR UPDATE' | 'FOR NO KEY UPDATE'): string {
  const isTransaction = whenCommitted.has(client);
  return isTransaction && databaseProvider() === 'postgresql' ? ` ${clause}` : '';
}

/**
 * The rows of a SELECT that every signed-in page asks, as `$queryRaw` gives them, past Prisma's engine: on
 * SQLite by a connection that only reads, on PostgreSQL by the pool. Inside a transaction give its client:
 * there it is one of its statements. For what is asked so often that the engine's time counts; everything else
 * goes by `db`.
 * Django: none; a cursor is what all goes by there
 */
export async function readRows<T extends object>(
  statement: Prisma.Sql,
  client: DbClient = db,
): Promise<T[]> {
  const text = databaseProvider() === 'sqlite' ? statement.sql : statement.text;
  const query = client === db ? queryOf(text, statement.values) : null;
  if (!query) return client.$queryRaw<T[]>(statement);
  // The columns are those that the statement names, as with `$queryRaw`.
  return (await readDirectly(current().reader, query)) as T[];
}

/**
 * On SQLite, a text that is another one whenever anybody has committed something to the file since it was asked
 * for last, this process too. One statement, which reads nothing of the file's tables.
 * SQLite: PRAGMA data_version
 */
export async function committedChanges(): Promise<string> {
  // As text: the mark is larger than a number holds.
  const [row] = await readRows<{ state: string }>(
    Prisma.sql`SELECT CAST(mark AS text) || '/' || data_version AS state FROM temp.opened, pragma_data_version`,
  );
  return row?.state ?? '';
}

/** Close the process's connection; the next query opens a new one. For commands and tests. */
export async function closeDb(): Promise<void> {
  const connection = globalThis.gatehouseDatabase;
  globalThis.gatehouseDatabase = undefined;
  await connection?.reader.close();
  await connection?.client.$disconnect();
}

function current(): Connection {
  const url = settings.DATABASE_URL;
  const former = globalThis.gatehouseDatabase;
  if (former?.url === url) return former;
  void former?.reader.close();
  void former?.client.$disconnect();
  const opened = databaseProvider() === 'sqlite' ? openSqlite(url) : openPostgresql(url);
  globalThis.gatehouseDatabase = { url, ...opened };
  return globalThis.gatehouseDatabase;
}

function openSqlite(url: string) {
  return { client: connectSqlite(url), reader: sqliteReader(url) };
}

function openPostgresql(url: string) {
  const { factory, readerWith } = withPoolReader(postgresqlAdapter(url));
  const client = connectPostgresql(factory);
  return { client, reader: readerWith(() => client.$connect()) };
}

function connectPostgresql(adapter: AdapterFactory) {
  return new PostgresqlClient({ adapter, omit: OMIT });
}

function connectSqlite(url: string): Client {
  const plain = new SqliteClient({ adapter: sqliteAdapter(url), omit: OMIT });
  const client = plain.$extends({ query: ruledQueries() });
  // Both clients are generated from one schema and differ in native types only, which no query
  // names. A union of the two would make every call ambiguous to the compiler.
  return client as unknown as Client;
}

async function limitLocks(tx: TransactionClient): Promise<void> {
  if (databaseProvider() === 'sqlite') return;
  await tx.$executeRawUnsafe(`SET LOCAL lock_timeout = ${HURRIED_LOCK_TIMEOUT}`);
}

function runCommitted(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    reportError(error, { what: 'What was to be done after a commit failed.' });
  }
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ('code' in error && error.code === 'P2034') || /TransactionWriteConflict/.test(error.message)
  );
}
