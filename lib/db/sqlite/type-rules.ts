import { Prisma } from '@/lib/generated/postgresql/client';

/** What a column's type on PostgreSQL does with a value: when it is written, and when it is compared. */
export type TypeRule = {
  write(value: unknown, column: string): unknown;
  match(value: unknown): unknown;
  /** SQLite cannot calculate with what it keeps. */
  isText?: boolean;
};

type MakeRule = (...numbers: number[]) => TypeRule;

const SMALL = 32_768;

const same = (value: unknown) => value;
const dated = (text: (time: string) => string) => {
  const at = (value: unknown) => {
    const time = value instanceof Date || typeof value === 'string' ? new Date(value) : null;
    return time === null || Number.isNaN(time.getTime())
      ? value
      : new Date(text(time.toISOString()));
  };
  return { write: at, match: at };
};

const RULES: Readonly<Record<string, MakeRule>> = {
  VarChar: (most = 0) => ({ write: (value, column) => fitting(value, most, column), match: same }),
  Char: (most = 1) => {
    const padded = (value: unknown) =>
      typeof value === 'string' ? value + ' '.repeat(Math.max(0, most - [...value].length)) : value;
    return { write: (value, column) => padded(fitting(value, most, column)), match: padded };
  },
  Bit: (length = 1) => ({
    write: (value, column) => matching(value, new RegExp(`^[01]{${length}}$`), column),
    match: same,
  }),
  VarBit: (most = 0) => ({
    write: (value, column) =>
      matching(value, most > 0 ? new RegExp(`^[01]{0,${most}}$`) : /^[01]*$/, column),
    match: same,
  }),
  SmallInt: () => ({
    write: (value, column) => {
      const isOut = typeof value === 'number' && !(value >= -SMALL && value < SMALL);
      if (isOut) throw outOfRange(column);
      return value;
    },
    match: same,
  }),
  Decimal: (most = 65, places = 30) => ({
    write: (value, column) => rounded(value, { most, places }, column),
    match: same,
    isText: true,
  }),
  Uuid: () => ({
    write: (value, column) => asUuid(matching(value, /^\{?(?:[\da-f]{4}-?){8}\}?$/i, column)),
    match: asUuid,
  }),
  Date: () => dated((time) => `${time.slice(0, 10)}T00:00:00Z`),
  Time: () => dated((time) => `1970-01-01${time.slice(10)}`),
  Timestamp: (digits = 3) => moment(digits),
};

/** Whether a value is compared as it is: the rule is only about what is written. */
export function isForWrites({ match }: TypeRule): boolean {
  return match === same;
}

/** The rule of a type of PostgreSQL's, by the name that `@db.` has; null where SQLite needs none. */
export function typeRule(native: string, numbers: readonly number[]): TypeRule | null {
  const name = native.replace(/tz$/, '');
  return RULES[name]?.(...numbers) ?? null;
}

function fitting(value: unknown, most: number, column: string): unknown {
  if (typeof value !== 'string' || value.length <= most) return value;
  const points = [...value];
  if (points.length <= most) return value;
  // As PostgreSQL does: blanks that do not fit are cut off.
  if (points.slice(most).every((each) => each === ' ')) return points.slice(0, most).join('');
  const message = `The provided value for the column is too long for the column's type. Column: ${column}`;
  throw refusal('P2000', message, column);
}

function matching(value: unknown, form: RegExp, column: string): unknown {
  if (typeof value !== 'string' || form.test(value)) return value;
  throw refusal('P2023', `Inconsistent column data: ${column} cannot hold this value.`, column);
}

function rounded(
  value: unknown,
  { most, places }: { most: number; places: number },
  column: string,
): unknown {
  if (
    !(typeof value === 'string' || typeof value === 'number' || Prisma.Decimal.isDecimal(value))
  ) {
    return value;
  }
  const number = new Prisma.Decimal(value).toDecimalPlaces(places, Prisma.Decimal.ROUND_HALF_UP);
  if (!number.isFinite() || digitsBeforePoint(number) > most - places) throw outOfRange(column);
  return number;
}

function digitsBeforePoint(number: Prisma.Decimal): number {
  const [whole = ''] = number.abs().toFixed().split('.');
  return whole === '0' ? 0 : whole.length;
}

function asUuid(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const digits = value.toLowerCase().replace(/[{}-]/g, '');
  if (!/^[\da-f]{32}$/.test(digits)) return value;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function moment(digits: number): TypeRule {
  const step = 10 ** (3 - digits);
  return dated((time) => new Date(Math.round(Date.parse(time) / step) * step).toISOString());
}

function outOfRange(column: string): Error {
  return refusal('P2020', `Value out of range for the type. Column: ${column}`, column);
}

function refusal(code: string, message: string, column: string): Error {
  const meta = { column };
  const clientVersion = Prisma.prismaVersion.client;
  return new Prisma.PrismaClientKnownRequestError(message, { code, clientVersion, meta });
}
