import type { Adapter, Query, ResultSet } from '@/lib/db/adapter';
import { Prisma } from '@/lib/generated/postgresql/client';

/** What reads past Prisma's engine: the driver's adapter, connected at the first statement. */
export type Reader = { connect(): Promise<Pick<Adapter, 'queryRaw'>>; close(): Promise<void> };

type ArgType = Query['argTypes'][number];
type Convert = (value: unknown) => unknown;

// Prisma's ColumnType numbers; of an array 64 more, but for `Bytes` and `Uuid`.
const CONVERTERS: Readonly<Record<number, Convert>> = {
  0: (value) => Math.trunc(Number(value)),
  1: (value) => BigInt(String(value)),
  4: (value) => new Prisma.Decimal(String(value)),
  8: (value) => new Date(String(value)),
  9: (value) => new Date(`1970-01-01T${value}Z`),
  10: (value) => new Date(String(value)),
  11: (value) => JSON.parse(String(value)),
  13: (value) => (value instanceof Uint8Array ? new Uint8Array(value) : value),
};
const ARRAYS = 64;

/** What Prisma's engine tells an adapter of a value in a statement of ours. */
const TYPES: Readonly<Record<string, ArgType['scalarType']>> = {
  string: 'string',
  number: 'int',
  boolean: 'boolean',
};

/**
 * The rows of a SELECT as `$queryRaw` gives them, from the adapter itself: Prisma's engine, which takes
 * most of such a statement's time, has no part in it. Null for a value of which only Prisma knows how it is
 * sent. Rejects with Prisma's own error for a statement that fails.
 */
export async function readDirectly(reader: Reader, query: Query): Promise<object[]> {
  try {
    const adapter = await reader.connect();
    return rowsOf(await adapter.queryRaw(query));
  } catch (error) {
    throw asPrismas(error);
  }
}

/** A statement as the adapter takes it; null with a value of which only Prisma knows how it is sent. */
export function queryOf(sql: string, values: readonly unknown[]): Query | null {
  const argTypes: ArgType[] = [];
  for (const value of values) {
    const scalarType = value instanceof Date ? 'datetime' : TYPES[typeof value];
    if (!scalarType || (typeof value === 'number' && !Number.isSafeInteger(value))) return null;
    argTypes.push({ scalarType, arity: 'scalar' });
  }
  return { sql, args: [...values], argTypes };
}

function rowsOf({ columnNames, columnTypes, rows }: ResultSet): object[] {
  const converters = columnTypes.map(converterOf);
  return rows.map((row) => {
    const read: Record<string, unknown> = {};
    for (const [index, name] of columnNames.entries()) {
      const value = row[index];
      const convert = converters[index];
      read[name] = value === null || !convert ? value : convert(value);
    }
    return read;
  });
}

function converterOf(type: number): Convert | undefined {
  if (type < ARRAYS) return CONVERTERS[type];
  const convert = CONVERTERS[type - ARRAYS];
  if (!convert) return undefined;
  return (values) =>
    Array.isArray(values)
      ? values.map((value) => (value === null ? null : convert(value)))
      : values;
}

function asPrismas(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'DriverAdapterError') return error;
  const told = Object(error.cause);
  const message = `Raw query failed. Code: \`${told.originalCode ?? 'N/A'}\`. Message: \`${told.originalMessage ?? error.message}\``;
  const clientVersion = Prisma.prismaVersion.client;
  const meta = { driverAdapterError: error };
  return new Prisma.PrismaClientKnownRequestError(message, { code: 'P2010', clientVersion, meta });
}
