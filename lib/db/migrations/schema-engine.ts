import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { settings } from '@/lib/conf/settings';
import { databaseProvider } from '@/lib/db/client';
import { readPostgresqlAddress } from '@/lib/db/postgresql/address';
import { postgresqlPool } from '@/lib/db/postgresql/postgresql';
import { retryWhileBusy, SingleConnectionLibSql } from '@/lib/db/sqlite/sqlite';
import { splitStatements } from './sql-script';

type AdapterFactory = Parameters<typeof bindMigrationAwareSqlAdapterFactory>[0];
type Adapter = Awaited<ReturnType<AdapterFactory['connect']>>;

type Connection = { factory: AdapterFactory; close: (isDone: boolean) => Promise<void> };
type Provider = ReturnType<typeof databaseProvider>;

let loaded: Promise<typeof glue.SchemaEngine> | undefined;

/** Prisma's engine could not do it; `message` is the engine's, which names migration and cause. */
class MigrationError extends Error {
  override name = 'MigrationError';

  constructor(cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // After the message comes a trace through the engine's own source.
    super(message.replace(/\n\s+0: \w+::[\s\S]*$/, '').trim(), { cause });
  }
}

/**
 * Run `work` with Prisma's migration engine, WebAssembly in this process, on the database of
 * DATABASE_URL and a connection of its own, closed at the end. `schema` is the text of the models
 * in the database's own dialect. Rejects with MigrationError.
 */
export function withSchemaEngine<T>(
  schema: string,
  work: (engine: glue.SchemaEngine) => Promise<T>,
): Promise<T> {
  const connect = databaseProvider() === 'sqlite' ? sqliteConnection : postgresqlConnection;
  return run(connect(settings.DATABASE_URL), schema, work);
}

/**
 * The SQL that leads from one set of models to another, both in the provider's dialect; null if
 * they describe the same tables. No database is asked.
 */
export async function diffSchemas(
  provider: Provider,
  from: string,
  to: string,
): Promise<string | null> {
  const target = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  const { exitCode, stdout } = await run(noConnection(provider), to, (engine) =>
    engine.diff({
      from: target(from),
      to: target(to),
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return exitCode === 0 ? null : stdout;
}

/**
 * Run a script of SQL on the database of DATABASE_URL, on a connection of its own and in one
 * transaction without a time limit. Rejects with the database's error, and nothing is changed then.
 */
export async function executeScript(script: string): Promise<void> {
  const connect = databaseProvider() === 'sqlite' ? sqliteConnection : postgresqlConnection;
  const { factory, close } = connect(settings.DATABASE_URL);
  let isDone = false;
  try {
    const adapter = await factory.connect();
    await adapter.executeScript(script);
    isDone = true;
  } finally {
    await close(isDone);
  }
}

async function run<T>(
  { factory, close }: Connection,
  schema: string,
  work: (engine: glue.SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= loadEngine();
  const SchemaEngine = await loaded;
  let engine: glue.SchemaEngine | undefined;
  let isDone = false;
  try {
    engine = await SchemaEngine.new(
      { datamodels: [['schema.prisma', schema]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(factory),
    );
    const result = await work(engine);
    isDone = true;
    return result;
  } catch (error) {
    throw new MigrationError(error);
  } finally {
    engine?.free();
    await close(isDone);
  }
}

// The package's own entry imports a .wasm file, which Node 20 cannot.
async function loadEngine(): Promise<typeof glue.SchemaEngine> {
  const { resolve } = createRequire(import.meta.url);
  const script = resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const binary = await readFile(script.replace(/\.js$/, '.wasm'));
  const imports: WebAssembly.Imports = { './schema_engine_bg.js': Object.assign({}, glue) };
  const { instance } = await WebAssembly.instantiate(binary, imports);
  call(glue, '__wbg_set_wasm', instance.exports);
  call(instance.exports, '__wbindgen_start');
  return glue.SchemaEngine;
}

// Neither function is in the package's types.
function call(owner: object, name: string, ...args: unknown[]): void {
  const value: unknown = Reflect.get(owner, name);
  if (typeof value === 'function') Reflect.apply(value, owner, args);
}

// One transaction around all that the engine does: of two processes the second waits and then finds
// nothing to do, and a failing migration leaves nothing behind, not even its name.
function sqliteConnection(url: string): Connection {
  const libsql = new SingleConnectionLibSql({ url });
  let adapter: Adapter | undefined;
  const execute = (sql: string) => adapter?.executeRaw({ sql, args: [], argTypes: [] });
  const connect = async () => {
    adapter = await libsql.connect();
    // Prisma alters a table by dropping it: that must neither fail nor set off ON DELETE actions.
    await execute('PRAGMA foreign_keys = OFF');
    await retryWhileBusy(async () => execute('BEGIN IMMEDIATE'));
    return withScript(adapter, async (script) => {
      for (const statement of splitStatements(script)) await execute(statement);
    });
  };
  return {
    factory: {
      provider: libsql.provider,
      adapterName: libsql.adapterName,
      connect,
      connectToShadowDb: connect,
    },
    close: async (isDone) => {
      await execute(isDone ? 'COMMIT' : 'ROLLBACK');
      await adapter?.dispose();
    },
  };
}

function postgresqlConnection(url: string): Connection {
  // One connection, because the engine's advisory lock belongs to the connection that took it.
  const pool = new pg.Pool(postgresqlPool(url, { connections: 1, statementTimeout: 0 }));
  const { schema } = readPostgresqlAddress(url);
  const postgres = new PrismaPg(pool, schema === null ? {} : { schema });
  return {
    factory: {
      provider: postgres.provider,
      adapterName: postgres.adapterName,
      // The adapter cuts a script at each semicolon; sent whole, PostgreSQL runs it as one transaction.
      connect: async () => {
        const adapter = await postgres.connect();
        return withScript(adapter, async (sql) => {
          await adapter.executeRaw({ sql, args: [], argTypes: [] });
        });
      },
      connectToShadowDb: () => postgres.connectToShadowDb(),
    },
    close: () => pool.end(),
  };
}

// The engine asks the server for its version before anything else, even to compare two texts.
function noConnection(provider: Provider): Connection {
  const info = {
    provider: provider === 'sqlite' ? ('sqlite' as const) : ('postgres' as const),
    adapterName: provider === 'sqlite' ? '@prisma/adapter-libsql' : '@prisma/adapter-pg',
  };
  const connect = async (): Promise<Adapter> => ({
    ...info,
    queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    startTransaction: () => Promise.reject(new Error('There is no database to change.')),
    dispose: async () => {},
  });
  return { factory: { ...info, connect, connectToShadowDb: connect }, close: async () => {} };
}

function withScript(adapter: Adapter, executeScript: Adapter['executeScript']): Adapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript,
    startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    dispose: () => adapter.dispose(),
  };
}
