import { join } from 'node:path';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { forgetForeignKeys } from '@/lib/db/catalogue/foreign-keys';
import { databaseProvider, db } from '@/lib/db/client';
import { misplacement } from '@/lib/db/postgresql/placement';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';
import { makeSqliteFolder } from '@/lib/db/sqlite/sqlite-file';
import { differencesFromDjango, standIns, userModelElsewhere } from './adoption';
import { prismaFolder, readMigrations } from './migration-files';
import { migrationState } from './migration-history';
import { refusedRows } from './refused-rows';
import { executeScript, withSchemaEngine } from './schema-engine';
import { readSchema } from './schema-files';
import { usersOfSettings } from './site-users';
import { deriveSqliteSchema } from './sqlite-schema';

// Prisma's own record of migrations. On SQLite its engine marks nothing where this is missing.
const SQLITE_HISTORY = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Apply the migrations that the database lacks, each in one transaction, and return their names.
 * A SQLite file and its folder are made. Throws ImproperlyConfigured for a database that Django
 * made, which wants `adoptDjangoDatabase` first, and rejects with the failing migration's message.
 * Django: core/management/commands/migrate.py
 */
export async function applyMigrations(): Promise<string[]> {
  await prepare();
  const state = await migrationState();
  if (state.isAdoptable) {
    throw new ImproperlyConfigured(
      "The database has Django's tables already: run `npm run manage -- migrate` to adopt it.",
    );
  }
  if (state.unapplied.length === 0) return [];
  return withSchemaEngine(currentSchema(), async (engine) => {
    const applied = await engine.applyMigrations({
      migrationsList: migrationsList(),
      filters: NO_FILTER,
    });
    forgetForeignKeys();
    return applied.appliedMigrationNames;
  });
}

/**
 * Record the first migration as applied without running it, on a database that Django made; does
 * nothing and returns false on any other. No row of Django's is touched. Throws ImproperlyConfigured
 * with the list of differences where the tables are not exactly Django's, and changes nothing then.
 * Django: core/management/commands/migrate.py --fake-initial
 */
export async function adoptDjangoDatabase(): Promise<boolean> {
  await prepare();
  const [first] = readMigrations();
  if (!first || !(await migrationState()).isAdoptable) return false;
  const elsewhere = await userModelElsewhere();
  if (elsewhere) {
    throw new ImproperlyConfigured(
      `${elsewhere}\nRun \`npm run manage -- adopt\`, which writes that model down here: see docs/django-database.md.`,
    );
  }
  const differences = await differencesFromDjango();
  if (differences.length > 0) {
    throw new ImproperlyConfigured(
      [
        "The database has Django's tables, but not as Django 3.2 to 6.0 makes them. Nothing was changed.",
        ...differences.map((difference) => `  ${difference}`),
        'Put that right, or name another database in DATABASE_URL: see docs/django-database.md.',
      ].join('\n'),
    );
  }
  const refused = await refusedRows();
  if (refused.length > 0) {
    const details = refused.map((sentence) => `  ${sentence}`);
    throw new ImproperlyConfigured(
      ['Put this right, then migrate again. Nothing was changed.', ...details].join('\n'),
    );
  }
  const missing = usersOfSettings().table === 'auth_user' ? [] : await standIns();
  if (missing.length > 0) await executeScript(`${missing.join(';\n')};`);
  return markApplied(first.name);
}

/**
 * Record that a migration which failed was undone, so that `applyMigrations` runs it again. Rejects
 * if the database does not have it as failed.
 */
export async function markRolledBack(migrationName: string): Promise<void> {
  await withSchemaEngine(currentSchema(), (engine) =>
    engine.markMigrationRolledBack({ migrationName }),
  );
}

/**
 * Record a migration as applied without running it: its tables are there already. Throws
 * ImproperlyConfigured for a name that no migration has, and for one that is applied.
 * Django: core/management/commands/migrate.py --fake
 */
export async function fakeMigration(migrationName: string): Promise<void> {
  const { unapplied, isAdoptable } = await migrationState();
  if (isAdoptable) {
    throw new ImproperlyConfigured('Adopt the database first: `npm run manage -- migrate`.');
  }
  if (!readMigrations().some(({ name }) => name === migrationName)) {
    throw new ImproperlyConfigured(`No migration is called ${migrationName}.`);
  }
  if (!unapplied.includes(migrationName)) {
    throw new ImproperlyConfigured(`${migrationName} is applied already.`);
  }
  await markApplied(migrationName);
}

function currentSchema(): string {
  const schema = readSchema(prismaFolder());
  return databaseProvider() === 'sqlite' ? deriveSqliteSchema(schema) : schema;
}

function migrationsList() {
  return {
    baseDir: join(prismaFolder(), 'migrations', databaseProvider()),
    lockfile: { path: 'migration_lock.toml', content: null },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations().map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

async function prepare(): Promise<void> {
  if (databaseProvider() === 'sqlite') return makeSqliteFolder(sqlitePath());
  const misplaced = await misplacement();
  if (misplaced) throw new ImproperlyConfigured(`${misplaced.message} ${misplaced.hint}`);
}

async function markApplied(migrationName: string): Promise<boolean> {
  if (databaseProvider() === 'sqlite') await db.$executeRawUnsafe(SQLITE_HISTORY);
  try {
    await withSchemaEngine(currentSchema(), (engine) =>
      engine.markMigrationApplied({ migrationName, migrationsList: migrationsList() }),
    );
    return true;
  } catch (error) {
    // Another process may have adopted it since we looked.
    if ((await migrationState()).isAdoptable) throw error;
    return false;
  }
}
