import { db } from '@/lib/db/client';
import { describeTable } from './adoption-catalogue';
import { migrationNames } from './migration-files';

/** Where a database stands: `isAdoptable` is one with Django's tables that no migration here made. */
export type MigrationState = { unapplied: string[]; failed: string[]; isAdoptable: boolean };

/**
 * Compare the database's record of migrations with the migrations in the repository, by three small
 * queries. Rejects if the database cannot be reached.
 * Django: django/db/migrations/executor.py migration_plan
 */
export async function migrationState(): Promise<MigrationState> {
  const names = migrationNames();
  // In this order: another process that migrates now makes its record before, or with, the tables.
  const hasTables = (await tableExists('django_content_type')) || (await tableExists('auth_user'));
  if (!(await tableExists('_prisma_migrations'))) {
    return { unapplied: names, failed: [], isAdoptable: hasTables };
  }
  const rows = await db.$queryRaw<{ migration_name: string; is_finished: number }[]>`
    SELECT migration_name, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END AS is_finished
    FROM _prisma_migrations WHERE rolled_back_at IS NULL`;
  const finished = new Set(rows.filter((row) => row.is_finished).map((row) => row.migration_name));
  return {
    unapplied: names.filter((name) => !finished.has(name)),
    failed: rows.map((row) => row.migration_name).filter((name) => !finished.has(name)),
    isAdoptable: hasTables && !rows.some((row) => row.migration_name === names[0]),
  };
}

/**
 * Whether a Django has migrated this database, before we adopted it or since we made it: it keeps a
 * record of that in a table of its own. By the catalogue, so that a missing table is no error.
 */
export async function isMigratedByDjango(): Promise<boolean> {
  return (await describeTable(db, 'django_migrations', 'permanent')).size > 0;
}

async function tableExists(name: string): Promise<boolean> {
  try {
    // Not through the catalogue, which differs between the databases; `name` is one of our own.
    await db.$queryRawUnsafe(`SELECT 1 AS one FROM ${name} WHERE 1 = 0`);
    return true;
  } catch (error) {
    if (isMissingTable(error)) return false;
    throw error;
  }
}

function isMissingTable(error: unknown): boolean {
  return (
    error instanceof Error &&
    /no such table|42P01|does not exist in the current database/.test(error.message)
  );
}
