import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseProvider } from '@/lib/db/client';

export type Provider = ReturnType<typeof databaseProvider>;

/** A migration: the name of its folder, which orders it, and its SQL. */
export type Migration = { name: string; sql: string };

/** Where `prisma/` lies: the folder from which the application is run. */
export function prismaFolder(): string {
  return join(process.cwd(), 'prisma');
}

/**
 * The names of one database's migrations in the order in which they apply.
 * Django: django/db/migrations/loader.py MigrationLoader
 */
export function migrationNames(provider: Provider = databaseProvider()): string[] {
  const folder = join(prismaFolder(), 'migrations', provider);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * The migrations themselves, in order, with the line ends of the repository, so that a database knows
 * them from a checkout with others. Throws if one lacks its migration.sql.
 */
export function readMigrations(provider: Provider = databaseProvider()): Migration[] {
  const folder = join(prismaFolder(), 'migrations', provider);
  return migrationNames(provider).map((name) => ({
    name,
    sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n'),
  }));
}
