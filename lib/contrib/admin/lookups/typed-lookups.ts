import { readColumn } from '@/lib/contrib/admin/form/read-column';
import { type ColumnMeta, dayText, storedValue, timeText } from '@/lib/contrib/admin/form/values';
import { databaseProvider, Prisma } from '@/lib/db/client';
import { type Day, startOfDay } from './calendar';
import { IncorrectLookup } from './incorrect-lookup';

/** What a column holds, as much as a lookup asks of it. */
export type Held = Pick<ColumnMeta, 'kind'> & Partial<ColumnMeta>;

/**
 * A value of a query as a column of its kind is compared with it, in a statement of one's own. Null for
 * what no row can hold, an unknown value of an enum say. Throws IncorrectLookup for what is none of the
 * kind, and for a kind that is not compared.
 * Django: Field.get_prep_value, get_db_prep_value
 */
export function comparedValue(held: Held, text: string): Prisma.Sql | null {
  if (held.kind === 'json' || held.kind === 'bytes') throw new IncorrectLookup();
  const { value } = readColumn(comparable(held), text.trim()) ?? {};
  switch (held.kind) {
    case 'text':
      return text.includes('\0') ? null : Prisma.sql`${text}`;
    case 'enum':
      return value === undefined ? null : Prisma.sql`${storedValue(comparable(held), value)}`;
    default:
      if (value === undefined) throw new IncorrectLookup();
      return typed(held, value);
  }
}

/** A day as a column of dates is compared with it. */
export function dayValue(day: Day): Prisma.Sql {
  return dateSql(startOfDay(day, 'UTC'));
}

function typed({ kind }: Held, value: unknown): Prisma.Sql {
  const isSqlite = databaseProvider() === 'sqlite';
  if (kind === 'date' && value instanceof Date) return dateSql(value);
  if (kind === 'time' && value instanceof Date) {
    return isSqlite ? Prisma.sql`${value}` : Prisma.sql`CAST(${timeText(value)} AS time)`;
  }
  if (kind === 'float') return Prisma.sql`CAST(${value} AS double precision)`;
  if (kind === 'decimal' && !isSqlite) return Prisma.sql`CAST(${String(value)} AS numeric)`;
  if (kind === 'uuid' && !isSqlite) return Prisma.sql`CAST(${value} AS uuid)`;
  if (kind === 'bigint' && !isSqlite) return Prisma.sql`CAST(${String(value)} AS bigint)`;
  return Prisma.sql`${value}`;
}

function dateSql(value: Date): Prisma.Sql {
  return databaseProvider() === 'sqlite'
    ? Prisma.sql`${value}`
    : Prisma.sql`CAST(${dayText(value)} AS date)`;
}

// Of a number any is asked for, however many digits the column has.
function comparable(held: Held): ColumnMeta {
  const base = {
    name: '',
    formName: '',
    verboseName: '',
    helpText: '',
    isBlank: false,
    column: '',
  };
  const plain = { maxLength: null, isRequired: false, isUnique: false, choices: null };
  return { ...base, ...plain, ...held, maxDigits: 1000, decimalPlaces: 500 };
}
