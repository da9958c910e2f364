import {
  type DbClient,
  databaseProvider,
  db,
  type TransactionClient,
  transaction,
} from '@/lib/db/client';
import { describeTable, type TableDescription } from './adoption-catalogue';
import { readMigrations } from './migration-files';
import { splitStatements } from './sql-script';

/**
 * How the current database differs from one that Django 3.2 to 6.0 made: one sentence per table,
 * column, unique constraint and foreign key that is missing, too many or another, and per table of
 * ours that is there already. Empty for one that can be adopted. Reads the catalogue, and writes
 * nothing but temporary tables, which are gone again at the end.
 * Django: no counterpart; `migrate --fake-initial` compares names of tables only
 */
export async function differencesFromDjango(): Promise<string[]> {
  const [first, ...later] = readMigrations();
  if (!first) return [];
  const names = tablesMadeBy(first.sql);
  const found = await describeAll(db, names, 'permanent');
  const wanted = await transaction(async (tx) => {
    await makeTemporary(tx, first.sql);
    const described = await describeAll(tx, names, 'temporary');
    for (const name of names.toReversed()) await tx.$executeRawUnsafe(dropTemporary(name));
    return described;
  });
  const differences = names.flatMap((name) => {
    const table = found.get(name);
    return table?.size
      ? compare(name, table, wanted.get(name) ?? new Map())
      : [`${name}: the table is missing`];
  });
  return [...differences, ...(await tablesInTheWay(later))];
}

/** The tables that a migration makes, in its order. */
function tablesMadeBy(sql: string): string[] {
  const created = /^CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?"(\w+)"/gm;
  return [...sql.matchAll(created)].map(([, name = '']) => name);
}

// Django's DDL of the first migration is the one description of these tables: the database itself
// reads it, and then describes the result in the same words as the tables that are there.
async function makeTemporary(tx: TransactionClient, sql: string): Promise<void> {
  for (const statement of splitStatements(sql)) {
    await tx.$executeRawUnsafe(statement.replace(/^CREATE TABLE /, 'CREATE TEMPORARY TABLE '));
  }
}

function dropTemporary(name: string): string {
  return `DROP TABLE ${databaseProvider() === 'sqlite' ? 'temp' : 'pg_temp'}."${name}"`;
}

async function describeAll(
  client: DbClient,
  names: readonly string[],
  kind: 'permanent' | 'temporary',
): Promise<Map<string, TableDescription>> {
  const described = new Map<string, TableDescription>();
  for (const name of names) described.set(name, await describeTable(client, name, kind));
  return described;
}

function compare(table: string, found: TableDescription, wanted: TableDescription): string[] {
  const missing = [...wanted.keys()].filter((part) => !found.has(part));
  const extra = [...found.keys()].filter((part) => !wanted.has(part));
  const other = [...wanted].filter(([part, is]) => found.has(part) && found.get(part) !== is);
  return [
    ...missing.map((part) => `${table}: ${part} is missing`),
    ...extra.map((part) => `${table}: ${part} is not one of Django's`),
    ...other.map(([part, is]) => `${table}: ${part} is ${found.get(part)}, not ${is}`),
  ];
}

async function tablesInTheWay(migrations: readonly { name: string; sql: string }[]) {
  const found: string[] = [];
  for (const { name, sql } of migrations) {
    for (const table of tablesMadeBy(sql)) {
      const { size } = await describeTable(db, table, 'permanent');
      if (size > 0) found.push(`${table}: the table is there, and ${name} would make it`);
    }
  }
  return found;
}
