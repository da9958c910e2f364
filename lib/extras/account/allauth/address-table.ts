import { tableColumns } from '@/lib/db/catalogue/table-columns';
import { type DbClient, databaseProvider, Prisma, type TransactionClient } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

const TABLE = 'account_emailaddress';

/**
 * Whether the table says that nobody may add an address which somebody else has added, confirmed or not:
 * as allauth makes it before its migration 0004. False where there is no table.
 */
export async function isUniqueAddress(client: DbClient): Promise<boolean> {
  return (await uniqueNames(client)).length > 0;
}

/**
 * Let several people add one address, of whom one can confirm it. The rows, and those that refer to them,
 * stay as they are.
 * allauth: account/migrations/0004_alter_emailaddress_drop_unique_email
 */
export async function dropUniqueAddress(tx: TransactionClient): Promise<void> {
  const names = await uniqueNames(tx);
  if (names.length === 0) return;
  if (databaseProvider() === 'sqlite') return remade(tx, names);
  for (const name of names) {
    await tx.$executeRaw`ALTER TABLE ${identifier(TABLE)} DROP CONSTRAINT ${identifier(name)}`;
  }
}

async function uniqueNames(client: DbClient): Promise<string[]> {
  const rows =
    databaseProvider() === 'sqlite'
      ? await client.$queryRaw<{ name: string }[]>`
          SELECT list.name FROM pragma_index_list(${TABLE}) AS list
          WHERE "unique" AND NOT partial AND
            (SELECT group_concat(name) FROM pragma_index_info(list.name)) = 'email'`
      : await client.$queryRaw<{ name: string }[]>`
          SELECT k.conname::text AS name FROM pg_constraint k
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND ARRAY[a.attnum] = k.conkey
          WHERE k.conrelid = to_regclass(${TABLE}) AND k.contype = 'u' AND a.attname = 'email'`;
  return rows.map(({ name }) => name);
}

// SQLite drops no constraint: the table is made again under its own name, so that what refers to it finds
// its rows again before the transaction ends.
async function remade(tx: TransactionClient, names: readonly string[]): Promise<void> {
  const parts = await tx.$queryRaw<{ type: string; name: string; sql: string | null }[]>`
    SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ${TABLE}`;
  const made = parts.find(({ type }) => type === 'table')?.sql ?? '';
  const columns = (await tableColumns(TABLE, tx)) ?? [];
  const listed = Prisma.join(columns.map(identifier));
  const copy = identifier(`${TABLE}__copy`);
  const own = identifier(TABLE);
  await tx.$executeRaw`PRAGMA defer_foreign_keys = ON`;
  await tx.$executeRaw`CREATE TEMPORARY TABLE ${copy} AS SELECT * FROM ${own}`;
  await tx.$executeRaw`DROP TABLE ${own}`;
  await tx.$executeRaw`${Prisma.raw(withoutUnique(made))}`;
  await tx.$executeRaw`INSERT INTO ${own} (${listed}) SELECT ${listed} FROM ${copy}`;
  await tx.$executeRaw`DROP TABLE ${copy}`;
  for (const { type, name, sql } of parts) {
    if (type === 'table' || sql === null || names.includes(name)) continue;
    await tx.$executeRaw`${Prisma.raw(sql)}`;
  }
}

// Within the column's own definition, as Django writes it; those of several columns stand apart.
function withoutUnique(sql: string): string {
  return sql.replace(/("email"\s+varchar\(\d+\)[^,]*?)\s+UNIQUE\b/i, '$1');
}
