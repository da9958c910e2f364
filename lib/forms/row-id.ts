import { isIP } from 'node:net';

/** What the ids of a model's rows are; `text` where they are anything that somebody gave them. */
export type IdType = 'integer' | 'bigint' | 'uuid' | 'text';

/** What ids are, and PostgreSQL's type of them where it says more: `inet`, `smallint`, `varchar(32)`. */
export type IdColumn = { idType: IdType; idNative: string | undefined };

/** The id of a row, as Prisma has it: a BigInt one stays exact, a UUID is in small letters. */
export type RowId = number | bigint | string;

const MOST_INTEGER = 2_147_483_647;
const MOST_SMALL = 32_767;
const MOST_BIGINT = 2n ** 63n - 1n;
const UUID = /^[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}$/i;

// No text of 32 characters is one.
const DASHED_UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

// Longer ones are in no address.
const LONGEST_TEXT = 500;

/**
 * The id in an address or a form field: a whole number from 1 in decimal without sign, space or leading
 * zero, a UUID in either spelling, also of a Django that keeps it in 32 characters, as on SQLite, or a text,
 * as far as PostgreSQL's type of the column takes it. Returns null for anything else, so that it never reaches
 * PostgreSQL, which answers an id of another type with an error.
 * Django: Field.to_python of AutoField, BigAutoField and UUIDField
 */
export function parseRowId(text: string, { idType, idNative }: IdColumn): RowId | null {
  switch (idType) {
    case 'integer':
    case 'bigint': {
      if (!/^[1-9]\d{0,18}$/.test(text)) return null;
      const id = BigInt(text);
      if (idType === 'bigint') return id <= MOST_BIGINT ? id : null;
      return id <= (idNative === 'smallint' ? MOST_SMALL : MOST_INTEGER) ? Number(id) : null;
    }
    case 'uuid': {
      if (!UUID.test(text)) return null;
      return digitsOf(text).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    }
    default:
      if (idNative === 'varchar(32)' && DASHED_UUID.test(text)) return digitsOf(text);
      if (text === '' || text.length > LONGEST_TEXT || text.includes('\0')) return null;
      return isOfNative(text, idNative) ? text : null;
  }
}

/** Whether an address is one of `inet`: of IPv4 or IPv6, with the bits of its network where these are told. */
export function isInet(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isNet = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  return most > 0 && isNet && rest.length === 0 && !address.includes('%');
}

function digitsOf(uuid: string): string {
  return uuid.toLowerCase().replaceAll('-', '');
}

function isOfNative(text: string, native: string | undefined): boolean {
  if (native === 'inet') return isInet(text);
  return native === 'bit' || native === 'varbit' ? /^[01]+$/.test(text) : true;
}

/** An id as a statement of one's own answers with it, in the type that Prisma's own calls have. */
export function rowIdOf(value: unknown, type: IdType): RowId {
  if (type === 'integer') return Number(value);
  return type === 'bigint' ? BigInt(value as bigint | number | string) : String(value);
}

/** Whether a value is an id. */
export function isRowId(value: unknown): value is RowId {
  return ['number', 'bigint', 'string'].includes(typeof value);
}

/** Smaller ids first: for a list in one order, whatever the database's. */
export function compareRowIds(one: RowId, other: RowId): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** The ids in the value of a many-to-many field or a foreign key: a list of them, or one. */
export function rowIdsIn(value: unknown): RowId[] {
  return [value].flat().filter(isRowId);
}
