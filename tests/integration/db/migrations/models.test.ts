import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db/client';
import { unwrittenMigrations } from '@/lib/db/migrations/make-migrations';
import { applyMigrations } from '@/lib/db/migrations/migrate';
import { readMigrations } from '@/lib/db/migrations/migration-files';
import { diffSchemas } from '@/lib/db/migrations/schema-engine';
import { readSchema } from '@/lib/db/migrations/schema-files';
import { splitStatements } from '@/lib/db/migrations/sql-script';
import { deriveSqliteSchema } from '@/lib/db/migrations/sqlite-schema';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import {
  type Columns,
  columnsOf,
  foreignKeysOf,
  indexesOf,
} from '@/tests/support/databases/describe-tables';

const schema = readSchema('prisma');
const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map((match) => match[1] ?? '');

type Described = { columns: Columns; indexes: string[]; foreignKeys: string[] };

/** Indexes over some of the rows, which Prisma cannot express. */
const PARTIAL = new Set([
  'auth_access_request_open_uniq',
  'unique_verified_email',
  'unique_primary_email',
]);

let migrated: Record<string, Described> = {};
let modelled: Record<string, Described> = {};

// The same tables twice: as the migrations make them, and as Prisma would from the models alone.
beforeAll(async () => {
  const dropMigrated = await emptyDatabase();
  await applyMigrations();
  migrated = await describeAll();
  await dropMigrated();
  const dropModelled = await emptyDatabase();
  const models = testDatabase === 'sqlite' ? deriveSqliteSchema(schema) : schema;
  const script = await diffSchemas(testDatabase, models.slice(0, models.indexOf('model ')), models);
  for (const statement of splitStatements(script ?? '')) await db.$executeRawUnsafe(statement);
  modelled = await describeAll();
  return dropModelled;
});

async function describeAll(): Promise<Record<string, Described>> {
  const all: Record<string, Described> = {};
  for (const table of tables) {
    const foreignKeys = await foreignKeysOf(table);
    all[table] = {
      columns: comparable(await columnsOf(table)),
      indexes: Object.entries(await indexesOf(table))
        .filter(([name, index]) => !PARTIAL.has(name) && !/_pattern_ops|gin_trgm_ops/.test(index))
        .map(([, index]) => index)
        .sort(),
      foreignKeys: foreignKeys.map((key) => `${key.column} ${key.target} ${key.onDelete}`),
    };
  }
  return all;
}

// Prisma knows neither lengths on SQLite nor the precision that PostgreSQL assumes by itself.
function comparable(columns: Columns): Columns {
  const plain = Object.entries(columns).map(([name, type]) => [name, plainType(type)] as const);
  return Object.fromEntries(plain.sort(([left], [right]) => (left < right ? -1 : 1)));
}

// A table of Django's has JSON as text on SQLite.
function plainType(type: string): string {
  return type
    .toLowerCase()
    .replace(/^json\w*$/, testDatabase === 'sqlite' ? 'text' : '$&')
    .replace(/^timestamp\(\d\) /, 'timestamp ')
    .replace(/^varchar\(\d+\)/, 'text')
    .replace(/^bool(?!e)/, 'boolean')
    .replace('smallint unsigned', 'integer');
}

describe('prisma/schema', () => {
  it('describes every table that the migrations make', () => {
    const made = readMigrations(testDatabase).flatMap(({ sql }) =>
      [...sql.matchAll(/^CREATE TABLE (?:IF NOT EXISTS )?"(?!new_)(\w+)"/gm)].map(
        ([, table = '']) => table,
      ),
    );
    expect(new Set(tables)).toEqual(new Set(made));
  });

  it.each(tables)('agrees with the migrations about %s', (table) => {
    expect(modelled[table]).toEqual(migrated[table]);
  });

  it('has nothing that awaits a migration', async () => {
    expect(await unwrittenMigrations()).toEqual([]);
  });
});
