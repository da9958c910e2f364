/** Which columns or which constraint a write violated, as far as the database says. */
type Violation = { columns: string[]; constraint: string | null; isPrimaryKey: boolean };

/**
 * Whether a write failed because its value is taken. `violatedBy` says which.
 * Django: db/utils.py IntegrityError; Prisma: P2002
 */
export function isUniqueViolation(error: unknown): boolean {
  return (
    (error instanceof Error && 'code' in error && error.code === 'P2002') ||
    causeOf(error)?.['kind'] === 'UniqueConstraintViolation'
  );
}

/**
 * Whether a write failed because the value of this column is taken. SQLite names the column and
 * PostgreSQL the constraint, which the schema's names and Django's both begin with table and column.
 */
export function isTaken(error: unknown, table: string, column: string): boolean {
  if (!isUniqueViolation(error)) return false;
  const violated = violatedBy(error);
  return (
    violated?.columns.includes(column) === true ||
    violated?.constraint?.startsWith(`${table}_${column}_`) === true
  );
}

/** What a failed write violated; null when the database does not say. */
export function violatedBy(error: unknown): Violation | null {
  const found = causeOf(error)?.['constraint'];
  if (typeof found !== 'object' || found === null) return null;
  const fields: unknown = Reflect.get(found, 'fields');
  const index: unknown = Reflect.get(found, 'index');
  const columns = Array.isArray(fields) ? fields.map(String) : [];
  const constraint = typeof index === 'string' ? index : null;
  const isPrimaryKey =
    (columns.length === 1 && columns[0] === 'id') || constraint?.endsWith('_pkey') === true;
  return { columns, constraint, isPrimaryKey };
}

/**
 * Whether a row could not go, or change, because another row refers to it; also when the database
 * only says so at COMMIT.
 * Django: db/utils.py IntegrityError; PostgreSQL: 23503; SQLite: SQLITE_CONSTRAINT_FOREIGNKEY
 */
export function isForeignKeyViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && /^(P2003|SQLITE_CONSTRAINT_FOREIGNKEY)$/.test(String(error.code))) {
    return true;
  }
  const cause = causeOf(error);
  return cause?.['kind'] === 'ForeignKeyConstraintViolation' || cause?.['originalCode'] === '23001';
}

/** The table with the row that refers, from PostgreSQL's own words; SQLite does not say. */
export function referringTable(error: unknown): string | null {
  const message = causeOf(error)?.['originalMessage'];
  const found = /^insert or update on table "([^"]+)"|on table "([^"]+)"$/.exec(String(message));
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * The rule of a table's own that the values of a write break, as the database calls it: the name of a CHECK
 * constraint, or on SQLite of one without a name its condition. Null for any other error.
 * Django: db/utils.py IntegrityError; PostgreSQL: 23514; SQLite: SQLITE_CONSTRAINT_CHECK
 */
export function violatedCheck(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const message = String(causeOf(error)?.['originalMessage'] ?? error.message);
  const found = /violates check constraint "([^"]+)"|CHECK constraint failed: (.+)/.exec(message);
  return found?.[1] ?? found?.[2] ?? null;
}

// In the error of a query it is wrapped, in that of COMMIT it is not.
function causeOf(error: unknown): Record<string, unknown> | null {
  if (!(error instanceof Error)) return null;
  const meta: unknown = 'meta' in error ? error.meta : null;
  const wrapped = typeof meta === 'object' && meta && Reflect.get(meta, 'driverAdapterError');
  const cause = wrapped ? Reflect.get(wrapped, 'cause') : error.cause;
  return typeof cause === 'object' && cause !== null ? (cause as Record<string, unknown>) : null;
}
