import { capfirst } from '@/lib/core/text';
import { Prisma } from '@/lib/db/client';
import { hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';
import { isInet, parseRowId, type RowId } from '@/lib/forms/row-id';
import { type ColumnMeta, namedValue } from './values';

/** What a field of a form holds, or what is wrong with it. */
export type Read = { value?: unknown; error?: string[] };

/** Django: Field.default_error_messages */
export const REQUIRED = 'This field is required.';

/** Django: ModelChoiceField.default_error_messages, which does not repeat what was sent */
export const INVALID_CHOICE = invalidChoice('That choice');

const MOST_BIGINT = 2n ** 63n;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

// Longer numbers are none, and take long to look at.
const LONGEST_NUMBER = 1100;

// Deeper ones run out of stack where they are written, and are mostly blanks where they are laid out.
const DEEPEST_JSON = 100;

/**
 * The value of a column in the text that a form holds of it, which is not empty: of every kind but
 * plain text, yes or no, and a time with its day, which are read elsewhere. Null for a kind that no
 * form holds.
 * Django: Field.to_python and the validators of DecimalField, FloatField, JSONField, UUIDField, DateField
 */
export function readColumn(field: ColumnMeta, text: string): Read | null {
  switch (field.kind) {
    case 'bigint':
      return readBigInt(text);
    case 'float':
      return readFloat(text);
    case 'decimal':
      return readDecimal(field, text);
    case 'date':
      return readDay(text);
    case 'time':
      return readTime(text);
    case 'json':
      return readJson(text);
    case 'uuid': {
      const id = parseRowId(text, { idType: 'uuid', idNative: undefined });
      return id === null ? wrong('Enter a valid UUID.') : { value: id };
    }
    case 'enum': {
      const name = namedValue(field, text);
      return name === null ? wrong(INVALID_CHOICE) : { value: name };
    }
    default:
      return null;
  }
}

/** Django: ModelMultipleChoiceField.default_error_messages */
export function invalidChoice(choice: RowId | string): string {
  return `Select a valid choice. ${choice} is not one of the available choices.`;
}

/**
 * What is wrong with a text for a type of PostgreSQL's that does not take every one; null if nothing.
 * Django: GenericIPAddressField; none for bits
 */
export function nativeProblem({ native, maxLength }: ColumnMeta, text: string): string | null {
  switch (native) {
    case 'inet':
      return isInet(text) ? null : 'Enter a valid IPv4 or IPv6 address.';
    case 'bit':
      return new RegExp(`^[01]{${maxLength ?? 1}}$`).test(text)
        ? null
        : `Enter ${maxLength ?? 1} digits, each of them 0 or 1.`;
    case 'varbit':
      return /^[01]*$/.test(text) ? null : 'Enter digits, each of them 0 or 1.';
    default:
      return null;
  }
}

function readBigInt(text: string): Read {
  const value = /^[+-]?\d{1,20}$/.test(text) ? BigInt(text.replace('+', '')) : null;
  const isStorable = value !== null && value < MOST_BIGINT && value >= -MOST_BIGINT;
  return isStorable ? { value } : wrong('Enter a whole number.');
}

function readFloat(text: string): Read {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? { value } : wrong('Enter a number.');
}

// Each refusal in Django's words, and in its order.
function readDecimal({ maxDigits = 65, decimalPlaces = 30 }: ColumnMeta, text: string): Read {
  if (!NUMBER.test(text) || text.length > LONGEST_NUMBER) return wrong('Enter a number.');
  const value = new Prisma.Decimal(text);
  const [whole = '0', part = ''] = value.abs().toFixed().split('.');
  const digits = whole === '0' ? 0 : whole.length;
  const told = (count: number, what: string) =>
    wrong(`Ensure that there are no more than ${count} ${what}.`);
  if (digits + part.length > maxDigits) return told(maxDigits, `${digitWord(maxDigits)} in total`);
  if (part.length > decimalPlaces) {
    return told(decimalPlaces, `decimal place${decimalPlaces === 1 ? '' : 's'}`);
  }
  const most = maxDigits - decimalPlaces;
  if (digits > most) return told(most, `${digitWord(most)} before the decimal point`);
  return { value };
}

function digitWord(count: number): string {
  return count === 1 ? 'digit' : 'digits';
}

function readDay(text: string): Read {
  const value = /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const isReal =
    value !== null && !Number.isNaN(value.getTime()) && value.toISOString().startsWith(text);
  return isReal ? { value } : wrong('Enter a valid date.');
}

// Neither database's driver keeps more of a second than Date does.
function readTime(text: string): Read {
  const isTime = /^(?!24)\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(text);
  const value = new Date(`1970-01-01T${text}Z`);
  return isTime && !Number.isNaN(value.getTime()) ? { value } : wrong('Enter a valid time.');
}

function readJson(text: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('Enter a valid JSON.');
  }
  const problem = jsonProblem(value, text);
  return problem === null ? { value } : wrong(problem);
}

function jsonProblem(value: unknown, text: string): string | null {
  if (isDeep(value)) return `Ensure that there are no more than ${DEEPEST_JSON} levels of nesting.`;
  const written = JSON.stringify(value);
  if (hasNul(text) || /(?<!\\)(?:\\\\)*\\u0000/.test(written)) return NULL_CHARACTERS;
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/i.test(written)) return 'Enter a valid JSON.';
  const numbers = text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
  const lossy = numbers.find((number) => !isKept(number));
  if (lossy === undefined) return null;
  return `The number ${lossy.slice(0, 40)} cannot be kept exactly: put it in quotes.`;
}

function isDeep(value: unknown): boolean {
  let level = [value].filter(isHolder);
  for (let depth = 0; depth < DEEPEST_JSON && level.length > 0; depth += 1) {
    level = level.flatMap((each) => Object.values(each)).filter(isHolder);
  }
  return level.length > 0;
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isKept(number: string): boolean {
  const value = Number(number);
  return (
    Number.isFinite(value) &&
    number.length <= LONGEST_NUMBER &&
    new Prisma.Decimal(number).equals(new Prisma.Decimal(String(value)))
  );
}

function wrong(error: string): Read {
  return { error: [capfirst(error)] };
}
