import { type CheckMessage, checkWarning } from '@/lib/core/checks/registry';
import { isConfigured } from '@/lib/db/checks';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type SiteUsers, usersOfSettings } from '@/lib/db/migrations/site-users';
import { MODEL_META } from '@/lib/generated/model-meta';

/** A sequence that will give out ids which rows have already, and the statement that puts it right. */
export type LaggingSequence = { table: string; next: number; most: number; remedy: string };

type Row = {
  table: string;
  sequence: string | null;
  next: bigint | null;
  most: number | bigint | null;
};

/**
 * The sequences of our tables that are behind the ids in them, as after rows were restored with
 * explicit ids, with those of `users`, the settings' unless told; none on SQLite, which looks at the
 * table itself. Of the tables that are there: those that another application makes may be missing.
 * Two statements.
 * Django: core/management/commands/sqlsequencereset.py
 */
export async function laggingSequences(
  users: SiteUsers = usersOfSettings(),
): Promise<LaggingSequence[]> {
  if (databaseProvider() === 'sqlite') return [];
  const tables = await present([...new Set([...numbered(), ...userTables(users)])]);
  if (tables.length === 0) return [];
  const rows = await db.$queryRaw<Row[]>(Prisma.join(tables.map(stateOf), ' UNION ALL '));
  return rows.flatMap(({ table, sequence, next, most }) => {
    if (sequence === null || next === null || most === null || next > most) return [];
    const [name, quoted] = [sequence.replaceAll("'", "''"), `"${table}"`];
    const remedy = `SELECT setval('${name}', (SELECT max(id) FROM ${quoted}));`;
    return [{ table, next: Number(next), most: Number(most), remedy }];
  });
}

/** The same as findings. None where the database does not answer: that is another check's. */
export async function checkSequences(): Promise<CheckMessage[]> {
  if (!isConfigured()) return [];
  const lagging = await laggingSequences().catch(() => []);
  return lagging.map((sequence) =>
    checkWarning('db.W004', lagText(sequence), `Run: ${sequence.remedy}`),
  );
}

/** What is wrong with a sequence, in one sentence. */
export function lagText({ table, next, most }: LaggingSequence): string {
  return `The next row of ${table} would get the id ${next}, and there are rows up to ${most}: nothing can be added.`;
}

type Told = {
  readonly table: string;
  readonly fields: {
    readonly [field: string]: { readonly kind: string; readonly idType?: string };
  };
};

// The models whose ids the database gives out: a UUID has no sequence, nor has an id of another name.
function numbered(): string[] {
  const models: { readonly [model: string]: Told } = MODEL_META;
  return Object.values(models).flatMap(({ table, fields: { id } }) => {
    return id?.kind === 'id' && (id.idType === undefined || id.idType === 'bigint') ? [table] : [];
  });
}

// A user model of one's own is in no schema.
function userTables({ table, groups, userPermissions }: SiteUsers): string[] {
  return [table, ...[groups, userPermissions].flatMap((join) => join?.table ?? [])];
}

async function present(tables: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM unnest(${tables}::text[]) AS name
    WHERE to_regclass(quote_ident(name)) IS NOT NULL`;
  return rows.map(({ name }) => name);
}

// A sequence belongs to its column, or is at least named in its default.
function stateOf(table: string): Prisma.Sql {
  const name = Prisma.sql`quote_ident(${table})`;
  return Prisma.sql`
    SELECT ${table}::text AS "table", s.name AS sequence,
      COALESCE(pg_sequence_last_value(q.seqrelid) + q.seqincrement, q.seqstart) AS next,
      (SELECT max(id) FROM ${identifier(table)}) AS most
    FROM (SELECT COALESCE(pg_get_serial_sequence(${name}, 'id'),
      (SELECT substring(pg_get_expr(d.adbin, d.adrelid) FROM 'nextval\\(''([^'']+)''')
        FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid = to_regclass(${name}) AND a.attname = 'id')) AS name) s
    LEFT JOIN pg_sequence q ON q.seqrelid = to_regclass(s.name)`;
}
