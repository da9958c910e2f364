import { statSync } from 'node:fs';
import type { PrismaLibSql } from '@prisma/adapter-libsql';
import Database from 'libsql';
import { isBigIntId, mayNameDecimal } from './column-rules';
import { decimalOfText } from './decimal-text';

type Client = ReturnType<PrismaLibSql['createClient']>;
type Transaction = Awaited<ReturnType<Client['transaction']>>;
type Query = Parameters<Transaction['execute']>[0];
type ResultSet = Pick<
  Awaited<ReturnType<Client['execute']>>,
  'columns' | 'columnTypes' | 'rows' | 'rowsAffected' | 'lastInsertRowid'
>;
type Statement = Pick<ResultSet, 'columns' | 'columnTypes'> & {
  prepared: Database.Statement;
  /** Whether it may answer with the smallest or largest of decimals, of which no type tells. */
  isExtreme: boolean;
};

// As on PostgreSQL: lists of ids make a statement of each length, and most are not asked again.
const MAX_PREPARED = 200;

const BIG_INTEGER = 'BIGINT';

/**
 * One connection to an SQLite file as Prisma's adapter uses it. It prepares each SELECT once, where
 * `@libsql/client` does it at each call, opens another connection after a transaction, and makes an
 * object with two properties of each value. `onOpen` is run on each new connection.
 */
export class SqliteClient {
  readonly #path: string;
  readonly #onOpen: string;
  readonly #selects = new Map<string, Statement>();
  #database: Database.Database;
  /** Of the file that is open; null until there is one. */
  #inode: number | null;
  #isOpen = true;
  #isSpoilt = false;
  #isInTransaction = false;

  constructor(path: string, onOpen: string) {
    this.#path = path;
    this.#onOpen = onOpen;
    this.#database = new Database(path);
    this.#inode = inodeOf(path);
  }

  async execute(query: Query): Promise<ResultSet> {
    const { sql, args = [] } = typeof query === 'string' ? { sql: query } : query;
    if (!this.#isInTransaction) this.#follow();
    try {
      return this.#run(sql, Object.values(args).map(toSql));
    } catch (error) {
      this.#selects.delete(sql);
      // The driver never resets a statement that met a busy database or a foreign key, and SQLite
      // then refuses to commit, or to drop a table, on that connection.
      this.#isSpoilt ||= isBusy(error) || isForeignKey(error);
      if (!this.#isInTransaction && this.#isSpoilt) this.#reopen();
      throw error;
    }
  }

  async executeMultiple(script: string): Promise<void> {
    this.#database.exec(script);
  }

  /** The adapter lets nothing else run until it ends. It takes the write lock when it begins. */
  async transaction(): Promise<Transaction> {
    this.#follow();
    // Run as a script, it leaves the connection as it was when somebody else is writing.
    this.#database.exec('BEGIN IMMEDIATE');
    this.#isInTransaction = true;
    const end = (statement: 'COMMIT' | 'ROLLBACK') => this.#end(statement);
    const transaction = {
      execute: (query: Query) => this.execute(query),
      commit: () => end('COMMIT'),
      rollback: () => end('ROLLBACK'),
    };
    return transaction as Transaction;
  }

  close(): void {
    this.#selects.clear();
    if (this.#isOpen) this.#database.close();
    this.#isOpen = false;
  }

  // An open file that was removed or replaced can still be read and written: others would never see
  // what was written, and nobody after a restart.
  #follow(): void {
    const found = inodeOf(this.#path);
    if (this.#isOpen && (this.#inode === found || this.#inode === null)) {
      this.#inode = found;
      return;
    }
    if (found === null) throw goneError(this.#path);
    this.#reopen();
  }

  async #end(statement: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    try {
      await this.execute(statement);
    } catch (error) {
      // A deferred foreign key fails at COMMIT and leaves the transaction open.
      if (statement === 'COMMIT') await this.execute('ROLLBACK').catch(() => null);
      throw error;
    } finally {
      this.#isInTransaction = false;
      if (this.#isSpoilt) this.#reopen();
    }
  }

  #reopen(): void {
    this.close();
    // Opening what is gone would make an empty file in its place.
    if (inodeOf(this.#path) === null) throw goneError(this.#path);
    this.#database = new Database(this.#path);
    this.#isOpen = true;
    this.#isSpoilt = false;
    this.#inode = inodeOf(this.#path);
    this.#database.exec(this.#onOpen);
  }

  #run(sql: string, args: unknown[]): ResultSet {
    const { prepared, isExtreme, ...head } = this.#selects.get(sql) ?? this.#prepare(sql);
    if (head.columns.length > 0) {
      const rows = (prepared.all(args) as unknown[][]).map((row) =>
        row.map((value, index) => {
          const type = head.columnTypes[index] ?? '';
          return isExtreme && type === '' ? decimalOr(value) : fromSql(value, type);
        }),
      );
      return {
        ...head,
        rows: rows as object[] as ResultSet['rows'],
        rowsAffected: 0,
        lastInsertRowid: undefined,
      };
    }
    const { changes, lastInsertRowid } = prepared.run(args);
    return { ...head, rows: [], rowsAffected: changes, lastInsertRowid: BigInt(lastInsertRowid) };
  }

  #prepare(sql: string): Statement {
    const prepared = this.#database.prepare(sql).safeIntegers(true);
    const described = prepared.reader ? prepared.raw(true).columns() : [];
    const statement = {
      prepared,
      isExtreme: mayNameDecimal(sql),
      columns: described.map(({ name }) => name),
      columnTypes: described.map((column) =>
        isBigIntId(column.table ?? '', column.column ?? '')
          ? BIG_INTEGER
          : declaredType(column.type ?? ''),
      ),
    };
    const isKept = /^\s*SELECT\b/i.test(sql) && this.#selects.size < MAX_PREPARED;
    if (isKept) this.#selects.set(sql, statement);
    return statement;
  }
}

/** Whether another process was writing. Prisma's adapter says so in the cause of its error, the driver by SQLite's number. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { cause } = error;
  if (typeof cause === 'object' && cause !== null && 'kind' in cause) {
    return cause.kind === 'SocketTimeout';
  }
  return 'rawCode' in error && typeof error.rawCode === 'number' && (error.rawCode & 0xff) === 5;
}

function isForeignKey(error: unknown): boolean {
  return error instanceof Error && 'rawCode' in error && error.rawCode === 787;
}

function inodeOf(path: string): number | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
  } catch {
    return null;
  }
}

// In the driver's form, so that the adapter passes it on as one of the database's.
function goneError(path: string): Error {
  const fields = { code: 'SQLITE_CANTOPEN', rawCode: 14 };
  return Object.assign(new Error(`There is no database file at ${path}.`), fields);
}

/** Django's declared types in the words that the adapter knows. */
function declaredType(type: string): string {
  const name = type.toLowerCase();
  if (name === 'bool') return 'BOOLEAN';
  if (name.startsWith('varchar')) return 'VARCHAR';
  if (name.startsWith('decimal')) return 'DECIMAL';
  if (name === 'jsontext') return 'JSONB';
  if (name.startsWith('bigint')) return BIG_INTEGER;
  return name.startsWith('smallint') ? 'SMALLINT' : type;
}

function toSql(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const isTooLarge = typeof value === 'bigint' && BigInt.asIntN(64, value) !== value;
  if (isTooLarge || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new RangeError('SQLite has no such number.');
  }
  return value;
}

function decimalOr(value: unknown): unknown {
  return typeof value === 'string' ? (decimalOfText(value) ?? value) : fromSql(value, '');
}

function fromSql(value: unknown, type: string): unknown {
  if (typeof value === 'bigint') {
    if (type === BIG_INTEGER) return value;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError('An integer is beyond 2^53.');
    return number;
  }
  if (!Buffer.isBuffer(value)) return value;
  return value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength);
}
