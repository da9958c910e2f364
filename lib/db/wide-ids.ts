type Result = { columnTypes: readonly number[]; rows: readonly (readonly unknown[])[] };

// Prisma's ColumnType numbers.
const INT32 = 0;
const INT64 = 1;

let areWide = (): boolean => false;

/**
 * Say when ids of the user model are bigint in the database: statements then answer with numbers
 * instead of BigInt, where all values of a column are ones that a number holds. Prisma's own calls give
 * what the schema says either way.
 */
export function narrowIdsWhile(condition: () => boolean): void {
  areWide = condition;
}

/** The result of a statement with its bigints as numbers, while ids of users are bigint. */
export function withNarrowIds<R extends Result>(result: R): R {
  if (!result.columnTypes.includes(INT64) || !areWide()) return result;
  const isNarrow = result.columnTypes.map(
    (type, index) => type === INT64 && result.rows.every((row) => isSafe(row[index])),
  );
  return {
    ...result,
    columnTypes: result.columnTypes.map((type, index) => (isNarrow[index] ? INT32 : type)),
    rows: result.rows.map((row) =>
      row.map((value, index) => (isNarrow[index] && value !== null ? Number(value) : value)),
    ),
  };
}

function isSafe(value: unknown): boolean {
  return value === null || Number.isSafeInteger(Number(value));
}
