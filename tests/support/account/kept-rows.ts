import { existsSync } from 'node:fs';
import path from 'node:path';
import { installedApps } from '@/lib/apps/installed';
import { type GraphField, modelGraph } from '@/lib/contrib/auth/users/model-graph';
import { db } from '@/lib/db/client';
import { findSqlRows, insertSqlRow } from '@/lib/db/sql-delegate';
import { readSource, repositoryRoot } from '@/tests/support/sources';

type Column = { field: string; column: string; kind: string; isRequired: boolean; isUser: boolean };
type Table = { app: string; table: string; columns: readonly Column[] };

const NEVER_TOLD = /hash|key|secret|credential|handle|password|^start$/i;

/** The tables of the installed apps with a column that says whose a row is, but the users' own. */
export function tablesOfPeople(): Table[] {
  const tables = installedApps().flatMap(({ label }) => {
    const schema = `prisma/schema/${label}.prisma`;
    if (!existsSync(path.join(repositoryRoot, schema))) return [];
    const names = [...readSource(schema).matchAll(/^model (\w+) \{/gm)].map(
      ([, name = '']) => name,
    );
    return names.flatMap((name) => {
      const model = modelGraph()[name];
      if (!model) return [];
      const columns = Object.entries(model.fields).flatMap(([field, each]) => column(field, each));
      return [{ app: label, table: model.table, columns }];
    });
  });
  return tables.filter(({ columns }) => columns.some(({ isUser }) => isUser));
}

// A key to users, or a number that stands for one where the table has no such key.
function column(field: string, each: GraphField): Column[] {
  if (each.kind === 'foreignKey') {
    const { column: name, isRequired, scalar, to } = each;
    return [{ field: scalar, column: name, kind: each.kind, isRequired, isUser: to === 'User' }];
  }
  if (!('column' in each)) return [];
  const isUser = each.kind === 'integer' && /Id$/.test(field);
  return [{ field, column: each.column, kind: each.kind, isRequired: each.isRequired, isUser }];
}

/**
 * Give somebody a row of each table, with `own` in its columns; of those that need a row of another model
 * too, none. Returns by table what tells its row from all others, as an export writes it.
 */
export async function keepRows(
  id: number,
  own: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<Record<string, string[]>> {
  const marks: Record<string, string[]> = {};
  for (const [at, { table, columns }] of tablesOfPeople().entries()) {
    const isLinked = ({ kind, isUser }: Column) => kind === 'foreignKey' && !isUser;
    if (columns.some((each) => isLinked(each) && each.isRequired)) continue;
    const day = new Date(Date.UTC(2001, 0, at + 1));
    const needed = columns.filter((each) => each.kind !== 'id' && !isLinked(each));
    const values = needed.map((each) => [each.field, contentOf(each, id, day)]);
    const names = Object.fromEntries(columns.map((each) => [each.field, each.column]));
    const row = { ...Object.fromEntries(values), ...own[table] };
    await insertSqlRow(db, { table, columns: names }, row);
    const hasDay = needed.some(({ kind }) => kind === 'datetime');
    const texts = needed
      .filter(({ kind }) => kind === 'text')
      .map(({ field }) => textOf(field, day));
    marks[table] = hasDay ? [day.toISOString()] : texts;
  }
  return marks;
}

function contentOf({ field, kind, isUser }: Column, id: number, day: Date): unknown {
  if (isUser) return id;
  if (kind === 'boolean') return false;
  if (kind === 'datetime') return day;
  return kind === 'text' ? textOf(field, day) : 0;
}

// Short enough for any column.
function textOf(field: string, day: Date): string {
  return `${field.slice(0, 6)} ${day.getUTCDate()}.`;
}

/** What the database keeps that no export may tell: hashes, keys, secrets, and the starts of tokens. */
export async function neverTold(): Promise<string[]> {
  const told: string[] = [];
  for (const { table, columns } of tablesOfPeople()) {
    const secret = columns.filter((each) => each.kind === 'text' && NEVER_TOLD.test(each.field));
    const names = Object.fromEntries(columns.map((each) => [each.field, each.column]));
    const fields = ['id', ...secret.map(({ field }) => field)];
    for (const row of await findSqlRows(db, { table, columns: names }, { fields })) {
      told.push(...secret.map(({ field }) => String(row[field] ?? '')).filter(Boolean));
    }
  }
  return told;
}
