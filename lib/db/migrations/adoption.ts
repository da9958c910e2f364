import {
  type DbClient,
  databaseProvider,
  db,
  type TransactionClient,
  transaction,
} from '@/lib/db/client';
import { describeTable, type TableDescription } from './adoption-catalogue';
import { readMigrations } from './migration-files';
import { statementsFor, usersOfDatabase, usersOfSettings } from './site-users';
import { splitStatements } from './sql-script';

/**
 * How the current database differs from one that Django 3.2 to 6.0 made: one sentence per table,
 * column, unique constraint and foreign key that is missing, too many or another, and per table of
 * ours that is there already. Empty for one that can be adopted. Reads the catalogue, and writes
 * nothing but temporary tables, which are gone again at the end. `users` is where people are, as the
 * settings say unless told; of a user model of one's own ids may be bigint, and its own columns are
 * the model's business.
 * Django: no counterpart; `migrate --fake-initial` compares names of tables only
 */
export async function differencesFromDjango(users = usersOfSettings()): Promise<string[]> {
  const [first, ...later] = readMigrations();
  if (!first) return [];
  const statements = statementsFor(users, first.sql);
  const names = tablesMadeBy(statements.join(';\n'));
  const found = await describeAll(db, names, 'permanent');
  const wanted = await transaction(async (tx) => {
    await makeTemporary(tx, statements);
    const described = await describeAll(tx, names, 'temporary');
    for (const name of names.toReversed()) await tx.$executeRawUnsafe(dropTemporary(name));
    return described;
  });
  const differences = names.flatMap((name) => {
    const table = found.get(name);
    if (!table?.size) return [`${name}: the table is missing`];
    const described = wanted.get(name) ?? new Map();
    if (users.table === 'auth_user') {
      return compare(name, TIES.has(name) ? withNarrowIds(table, ['id']) : table, described);
    }
    const ids = ['id', 'user_id', users.groups?.column, users.userPermissions?.column];
    return compare(name, withNarrowIds(table, ids), described).filter(
      (difference) => name !== users.table || !difference.endsWith(NOT_DJANGOS),
    );
  });
  return [...differences, ...(await tablesInTheWay(later))];
}

/**
 * The sentence for a database whose people are in another table than the settings say; null where both
 * agree, or nothing says it.
 */
export async function userModelElsewhere(): Promise<string | null> {
  const [said, found] = [usersOfSettings(), await usersOfDatabase()];
  if (!found || found.table === said.table) return null;
  return `This site's people are in ${found.table}, not in ${said.table}: it has a user model of its own. Nothing was changed.`;
}

/**
 * The statements that make those of the tables of `auth.User` that a site with a user model of its own
 * lacks. They stay empty: later migrations name them, and what names users is then led to the model's
 * own table. Empty where they are all there.
 */
export async function standIns(): Promise<string[]> {
  const [first] = readMigrations();
  const found: string[] = [];
  for (const table of ['auth_user', 'auth_user_groups', 'auth_user_user_permissions']) {
    if ((await describeTable(db, table, 'permanent')).size > 0) continue;
    const isOf = new RegExp(`(?:TABLE|ON) "${table}" `);
    found.push(...splitStatements(first?.sql ?? '').filter((each) => isOf.test(each)));
  }
  return found;
}

const NOT_DJANGOS = " is not one of Django's";

// A project's DEFAULT_AUTO_FIELD, bigint's since Django 3.2, is also that of the tables which Django makes
// by itself for many-to-many fields.
const TIES = new Set(['auth_group_permissions', 'auth_user_groups', 'auth_user_user_permissions']);

function withNarrowIds(table: TableDescription, ids: readonly (string | undefined)[]) {
  return new Map(
    [...table].map(([part, state]) => {
      const isId = ids.some((id) => part === `column ${id}`);
      return [part, isId ? state.replace(/^bigint\b/, 'integer') : state];
    }),
  );
}

/** The tables that a migration makes, in its order. */
function tablesMadeBy(sql: string): string[] {
  // A virtual one is ours alone, whatever its statement passes over.
  const created = /^CREATE (?:VIRTUAL TABLE(?: IF NOT EXISTS)?|TABLE) "(\w+)"/gm;
  return [...sql.matchAll(created)].map(([, name = '']) => name);
}

/** The tables that a migration makes where no other application has, with the columns that it counts on. */
function tablesShared(sql: string): { table: string; columns: string[] }[] {
  const created = /^CREATE TABLE IF NOT EXISTS "(\w+)" \(\n([^;]*)\n\);/gm;
  return [...sql.matchAll(created)].map(([, table = '', body = '']) => ({
    table,
    columns: [...body.matchAll(/^ {2}"(\w+)"/gm)].map(([, column = '']) => column),
  }));
}

// Django's DDL of the first migration is the one description of these tables: the database itself
// reads it, and then describes the result in the same words as the tables that are there.
async function makeTemporary(tx: TransactionClient, statements: string[]): Promise<void> {
  for (const statement of statements) {
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
    ...extra.map((part) => `${table}: ${part}${NOT_DJANGOS}`),
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
    for (const { table, columns } of tablesShared(sql)) {
      const described = await describeTable(db, table, 'permanent');
      const missing = columns.filter((column) => !described.has(`column ${column}`));
      if (described.size === 0) continue;
      found.push(...missing.map((column) => `${table}: column ${column} is missing`));
    }
  }
  return found;
}
