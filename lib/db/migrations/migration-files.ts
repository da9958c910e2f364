import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseProvider } from '@/lib/db/client';

export type Provider = ReturnType<typeof databaseProvider>;

/** A migration: the name of its folder, which orders it, and its SQL. */
export type Migration = { name: string; sql: string };

/** The apps of the migrations that were made before names told it. No further one is added. */
const BEFORE_NAMES_TOLD_APPS: { readonly [name: string]: string } = {
  '0001_django': 'auth',
  '0002_session': 'sessions',
  '0003_article': 'articles',
  '0004_throttle': 'throttling',
  '0005_security_log': 'security-log',
  '0006_user_list': 'auth',
};

/** Where `prisma/` lies: the folder from which the application is run. */
export function prismaFolder(): string {
  return join(process.cwd(), 'prisma');
}

/**
 * The name of a migration of an app, made at a moment: by that moment, in UTC and to the second, all
 * migrations of all apps are ordered, and two houses that add one each do not take the same number.
 * Django: django/db/migrations/autodetector.py arrange_for_graph, which numbers within an app
 */
export function migrationName(app: string, name: string, now: Date): string {
  const moment = now.toISOString().replace(/\D/g, '').slice(0, 14);
  return `${moment}_${app}_${name}`;
}

/**
 * The app that a migration belongs to, named like its file in `prisma/schema`; null for a name that
 * `migrationName` did not make. No app's name has an underscore.
 * Django: Migration.app_label
 */
export function appOfMigration(migration: string): string | null {
  return BEFORE_NAMES_TOLD_APPS[migration] ?? /^\d{14}_([^_]+)_/.exec(migration)?.[1] ?? null;
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
