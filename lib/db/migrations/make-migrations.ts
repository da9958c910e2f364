import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { migrationNames, type Provider, prismaFolder } from './migration-files';
import { diffSchemas } from './schema-engine';
import { deriveSqliteSchema } from './sqlite-schema';

/** A migration as it was, or would be, written: `path` from the repository's root. */
export type MigrationFile = { path: string; sql: string };

const PROVIDERS: readonly Provider[] = ['sqlite', 'postgresql'];

/**
 * Compare prisma/schema.prisma with the models as last migrated, and write a migration named
 * `name` for both databases, with the next number, and the models as the new last ones. With null
 * for the name nothing is written. Returns the migrations, none if nothing changed.
 * Django: core/management/commands/makemigrations.py
 */
export async function makeMigrations(name: string | null): Promise<MigrationFile[]> {
  const snapshotFile = join(prismaFolder(), 'migrations/schema.prisma');
  const before = readFileSync(snapshotFile, 'utf8');
  const after = readFileSync(join(prismaFolder(), 'schema.prisma'), 'utf8');
  const numbers = PROVIDERS.flatMap(migrationNames).map((migration) =>
    Number.parseInt(migration, 10),
  );
  const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
  const files: MigrationFile[] = [];
  for (const provider of PROVIDERS) {
    const schemaOf = provider === 'sqlite' ? deriveSqliteSchema : (schema: string) => schema;
    const sql = await diffSchemas(provider, schemaOf(before), schemaOf(after));
    const folder = join(prismaFolder(), 'migrations', provider, `${number}_${name}`);
    if (sql) files.push({ path: relative(process.cwd(), join(folder, 'migration.sql')), sql });
  }
  if (name === null || files.length === 0) return files;
  for (const { path, sql } of files) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, sql);
  }
  writeFileSync(snapshotFile, after);
  return files;
}
