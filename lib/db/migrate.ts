import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { databaseProvider, db } from './client';
import { prismaFolder, readMigrations } from './migration-files';
import { migrationState } from './migration-history';
import { withSchemaEngine } from './schema-engine';
import { sqlitePath } from './sqlite';
import { deriveSqliteSchema } from './sqlite-schema';

// Prisma's own record of migrations. On SQLite its engine marks nothing where this is missing.
const SQLITE_HISTORY = `CREATE TABLE "_prisma_migrations" (
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
 * made, which wants `adoptDjangoDatabase`, and rejects with the failing migration's message.
 * Django: core/management/commands/migrate.py
 */
export async function applyMigrations(): Promise<string[]> {
  makeFolder();
  const state = await migrationState();
  if (state.isAdoptable) {
    throw new ImproperlyConfigured(
      "The database has Django's tables already: run `npm run manage -- migrate --fake-initial` to adopt it.",
    );
  }
  if (state.unapplied.length === 0) return [];
  return withSchemaEngine(currentSchema(), async (engine) => {
    const applied = await engine.applyMigrations({
      migrationsList: migrationsList(),
      filters: NO_FILTER,
    });
    return applied.appliedMigrationNames;
  });
}

/**
 * Record the first migration as applied without running it, on a database that Django made; does
 * nothing on any other. Rejects if a table or column of the eight is missing.
 * Django: core/management/commands/migrate.py --fake-initial
 */
export async function adoptDjangoDatabase(): Promise<boolean> {
  const { isAdoptable } = await migrationState();
  if (!isAdoptable) return false;
  await readOneOfEachDjangoModel();
  const [first] = readMigrations();
  if (!first) throw new ImproperlyConfigured('There are no migrations in prisma/migrations.');
  if (databaseProvider() === 'sqlite') await db.$executeRawUnsafe(SQLITE_HISTORY);
  await withSchemaEngine(currentSchema(), (engine) =>
    engine.markMigrationApplied({ migrationName: first.name, migrationsList: migrationsList() }),
  );
  return true;
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

function currentSchema(): string {
  const schema = readFileSync(join(prismaFolder(), 'schema.prisma'), 'utf8');
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

function makeFolder(): void {
  if (databaseProvider() !== 'sqlite') return;
  mkdirSync(dirname(sqlitePath()), { recursive: true });
}

async function readOneOfEachDjangoModel(): Promise<void> {
  await db.contentType.findFirst();
  await db.permission.findFirst();
  await db.group.findFirst();
  await db.user.findFirst();
  await db.userGroup.findFirst();
  await db.userPermission.findFirst();
  await db.groupPermission.findFirst();
  await db.logEntry.findFirst();
}
