import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { migrationName, type Provider, prismaFolder } from './migration-files';
import { diffSchemas } from './schema-engine';
import { readAppSchemas, readSchema } from './schema-files';
import { withExactTypes } from './sqlite-ddl';
import { deriveSqliteSchema } from './sqlite-schema';

/** A migration as it was, or would be, written: `path` from the repository's root. */
export type MigrationFile = { path: string; sql: string };

const PROVIDERS: readonly Provider[] = ['sqlite', 'postgresql'];

/**
 * Compare one app's models, `prisma/schema/<app>.prisma`, with those last migrated, and write a
 * migration named after the app and `name`, of the moment `now`, for both databases, and the app's
 * models as the new last ones; other apps wait for migrations of their own. Returns the migrations,
 * none if nothing changed. Throws ImproperlyConfigured where there is no such app, or where its
 * models lead to some of another app that are not migrated yet.
 * Django: core/management/commands/makemigrations.py
 */
export async function makeMigrations(
  app: string,
  name: string,
  now = new Date(),
): Promise<MigrationFile[]> {
  const [before, models] = [migratedModels(), currentModels()];
  const text = models.get(app);
  if (text === undefined) {
    const known = [...models.keys()].join(', ');
    throw new ImproperlyConfigured(`No prisma/schema/${app}.prisma: the apps are ${known}.`);
  }
  const files = await differences(before, new Map([...before, [app, text]]), (provider) =>
    join(migrationsFolder(), provider, migrationName(app, name, now)),
  );
  for (const { path, sql } of files) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, sql);
  }
  if (files.length === 0) return files;
  mkdirSync(join(migrationsFolder(), 'schema'), { recursive: true });
  writeFileSync(join(migrationsFolder(), 'schema', `${app}.prisma`), text);
  return files;
}

/**
 * What no migration does yet, of all apps, as migrations that are not written. An app that was taken
 * out is left alone, as its tables are.
 * Django: core/management/commands/makemigrations.py --check
 */
export function unwrittenMigrations(): Promise<MigrationFile[]> {
  return differences(migratedModels(), currentModels(), (provider) =>
    join(migrationsFolder(), provider),
  );
}

async function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  folderOf: (provider: Provider) => string,
): Promise<MigrationFile[]> {
  const schemas = [before, after].map((apps) => readSchema(prismaFolder(), apps));
  const files: MigrationFile[] = [];
  for (const provider of PROVIDERS) {
    const [from = '', to = ''] =
      provider === 'sqlite' ? schemas.map((schema) => deriveSqliteSchema(schema)) : schemas;
    const sql = await diffSchemas(provider, from, to);
    const file = join(folderOf(provider), 'migration.sql');
    if (!sql) continue;
    const exact = provider === 'sqlite' ? withExactTypes(sql) : sql;
    files.push({ path: relative(process.cwd(), file), sql: exact });
  }
  return files;
}

function currentModels(): ReadonlyMap<string, string> {
  return readAppSchemas(join(prismaFolder(), 'schema'));
}

function migratedModels(): ReadonlyMap<string, string> {
  const current = currentModels();
  const migrated = readAppSchemas(join(migrationsFolder(), 'schema'));
  return new Map([...migrated].filter(([app]) => current.has(app)));
}

function migrationsFolder(): string {
  return join(prismaFolder(), 'migrations');
}
