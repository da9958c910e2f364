import type { PrismaLibSql } from '@prisma/adapter-libsql';
import { withNarrowIds } from './wide-ids';

// The adapters' interfaces come from a package that is not ours to import; both adapters have them.
export type Adapter = Awaited<ReturnType<PrismaLibSql['connect']>>;
export type AdapterFactory = Pick<Adapter, 'provider' | 'adapterName'> & {
  connect(): Promise<Adapter>;
};
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>;
type Queryable = Pick<Adapter, 'queryRaw' | 'executeRaw'>;
export type Query = Parameters<Adapter['queryRaw']>[0];
export type ResultSet = Awaited<ReturnType<Adapter['queryRaw']>>;

/** What one database wants done around every statement. */
export type Dialect = {
  /** Rewrite the arguments before the driver sees them. */
  prepare?: (query: Query) => Query;
  /** Rewrite the rows before Prisma sees them. */
  convert?: (result: ResultSet) => ResultSet;
  /** Run a statement, or the start of a transaction, and run it again if the database is busy. */
  attempt?: <T>(run: () => Promise<T>) => Promise<T>;
  /** Told of each statement, without its values. */
  observe: (sql: string) => void;
  /** How many parameters one statement takes, if Prisma does not know. */
  maxBindValues?: number;
};

/** Put a dialect between Prisma and a driver adapter; everything else passes through. */
export function withDialect(factory: AdapterFactory, dialect: Dialect): AdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => wrapAdapter(await attempt(dialect, () => factory.connect()), dialect),
  };
}

function wrapAdapter(inner: Adapter, dialect: Dialect): Adapter {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    ...wrapQueryable(inner, dialect),
    executeScript: (script) => inner.executeScript(script),
    startTransaction: async (isolationLevel) => {
      dialect.observe('BEGIN');
      const transaction = await attempt(dialect, () => inner.startTransaction(isolationLevel));
      return wrapTransaction(transaction, dialect);
    },
    getConnectionInfo: () => ({
      supportsRelationJoins: false,
      ...inner.getConnectionInfo?.(),
      ...(dialect.maxBindValues !== undefined && { maxBindValues: dialect.maxBindValues }),
    }),
    dispose: () => inner.dispose(),
  };
}

function wrapTransaction(inner: Transaction, dialect: Dialect): Transaction {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    options: inner.options,
    // A failed statement has ended its transaction, or is about to: only a fresh one may try again.
    ...wrapQueryable(inner, { ...dialect, attempt: (run) => run() }),
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    createSavepoint: async (name) => inner.createSavepoint?.(name),
    rollbackToSavepoint: async (name) => inner.rollbackToSavepoint?.(name),
    releaseSavepoint: async (name) => inner.releaseSavepoint?.(name),
  };
}

function wrapQueryable(inner: Queryable, dialect: Dialect): Queryable {
  const prepare = dialect.prepare ?? ((query) => query);
  const convert = dialect.convert ?? ((result) => result);
  return {
    queryRaw: async (query) => {
      dialect.observe(query.sql);
      return withNarrowIds(convert(await attempt(dialect, () => inner.queryRaw(prepare(query)))));
    },
    executeRaw: (query) => {
      dialect.observe(query.sql);
      return attempt(dialect, () => inner.executeRaw(prepare(query)));
    },
  };
}

function attempt<T>(dialect: Dialect, run: () => Promise<T>): Promise<T> {
  return dialect.attempt ? dialect.attempt(run) : run();
}
