import { type DbClient, Prisma } from './client';
import { identifier } from './identifiers';

/** A table and what its columns are called, by the fields' names in TypeScript. */
export type SqlTable = {
  readonly table: string;
  readonly columns: Readonly<Record<string, string>>;
};

/** A row by its fields' names in TypeScript. */
export type SqlRow = { id: number; [field: string]: unknown };

/** What is asked of each field: a value, one of several, another one, or more than one. */
export type SqlWhere = {
  readonly [field: string]:
    | string
    | number
    | boolean
    | null
    | { readonly in: readonly unknown[] }
    | { readonly not: unknown }
    | { readonly gt: unknown };
};

type Find = {
  where?: SqlWhere;
  take?: number;
  /** Ascending by this field. */
  orderBy?: string;
  /** The fields that are read; all of them unless told. */
  fields?: readonly string[];
  /** What is selected besides, behind a comma. */
  also?: Prisma.Sql;
};

// Rows of one statement, so that their values are fewer than either database takes.
const ROWS = 500;

/** The rows of a table that a condition finds, of the fields that are wanted. One statement. */
export async function findSqlRows(
  client: DbClient,
  { table, columns }: SqlTable,
  { where = {}, take, orderBy, fields = Object.keys(columns), also = Prisma.empty }: Find,
): Promise<SqlRow[]> {
  const selected = fields.map((field) => {
    return Prisma.sql`${nameOf(columns, field)} AS ${identifier(field)}`;
  });
  const order = orderBy ? Prisma.sql`ORDER BY ${nameOf(columns, orderBy)}` : Prisma.empty;
  const limit = take === undefined ? Prisma.empty : Prisma.sql`LIMIT ${take}`;
  const rows = await client.$queryRaw<SqlRow[]>`
    SELECT ${Prisma.join(selected)} ${also} FROM ${identifier(table)}
    WHERE ${conditionOf(columns, where)} ${order} ${limit}`;
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** Add a row. Returns its id. Rejects as the database does, for a value that is taken say. */
export async function insertSqlRow(
  client: DbClient,
  table: SqlTable,
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  const [row] = await client.$queryRaw<{ id: number | bigint }[]>`
    ${insertOf(table, [values])} RETURNING ${nameOf(table.columns, 'id')} AS id`;
  return Number(row?.id);
}

/** Add rows of the same fields. Returns how many. */
export async function insertSqlRows(
  client: DbClient,
  table: SqlTable,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  for (let start = 0; start < rows.length; start += ROWS) {
    await client.$executeRaw`${insertOf(table, rows.slice(start, start + ROWS))}`;
  }
  return rows.length;
}

/** Write these values into each row that the condition finds. Returns how many there were. */
export function updateSqlRows(
  client: DbClient,
  { table, columns }: SqlTable,
  where: SqlWhere,
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  const changes = Object.entries(values).map(
    ([field, value]) => Prisma.sql`${nameOf(columns, field)} = ${value}`,
  );
  if (changes.length === 0) return Promise.resolve(0);
  return client.$executeRaw`
    UPDATE ${identifier(table)} SET ${Prisma.join(changes)} WHERE ${conditionOf(columns, where)}`;
}

/** Delete each row that the condition finds. Returns how many there were. */
export function deleteSqlRows(
  client: DbClient,
  { table, columns }: SqlTable,
  where: SqlWhere,
): Promise<number> {
  return client.$executeRaw`
    DELETE FROM ${identifier(table)} WHERE ${conditionOf(columns, where)}`;
}

function insertOf(
  { table, columns }: SqlTable,
  rows: readonly Readonly<Record<string, unknown>>[],
): Prisma.Sql {
  const fields = Object.keys(rows[0] ?? {});
  const names = Prisma.join(fields.map((field) => nameOf(columns, field)));
  const values = rows.map((row) => Prisma.sql`(${Prisma.join(fields.map((field) => row[field]))})`);
  return Prisma.sql`INSERT INTO ${identifier(table)} (${names}) VALUES ${Prisma.join(values)}`;
}

function conditionOf(columns: SqlTable['columns'], where: SqlWhere): Prisma.Sql {
  const parts = Object.entries(where).map(([field, wanted]) => {
    const column = nameOf(columns, field);
    if (wanted === null) return Prisma.sql`${column} IS NULL`;
    if (typeof wanted !== 'object') return Prisma.sql`${column} = ${wanted}`;
    if ('not' in wanted) return Prisma.sql`${column} <> ${wanted.not}`;
    if ('gt' in wanted) return Prisma.sql`${column} > ${wanted.gt}`;
    if (wanted.in.length === 0) return Prisma.sql`1 = 0`;
    return Prisma.sql`${column} IN (${Prisma.join([...wanted.in])})`;
  });
  return parts.length === 0 ? Prisma.sql`1 = 1` : Prisma.join(parts, ' AND ');
}

function nameOf(columns: SqlTable['columns'], field: string): Prisma.Sql {
  const column = columns[field];
  if (column === undefined) throw new TypeError(`There is no column for the field "${field}".`);
  return identifier(column);
}
