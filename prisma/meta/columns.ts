import type { DMMF } from '@prisma/generator-helper';

const KINDS: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Float: 'float',
  Decimal: 'decimal',
  Boolean: 'boolean',
  DateTime: 'datetime',
  Json: 'json',
  Bytes: 'bytes',
};
const NATIVE_KINDS: Record<string, string> = {
  Date: 'date',
  Time: 'time',
  Timetz: 'time',
  Uuid: 'uuid',
};

// What PostgreSQL makes of a Decimal that says nothing, and of money.
const DECIMAL = { Decimal: [65, 30], Money: [19, 2] } as const;

/** What the metadata says of a column. What is not so is left out, but for the first five. */
export function column(field: DMMF.Field, enums: readonly DMMF.DatamodelEnum[]) {
  const kind = kindOf(field);
  const [native = '', args = []] = field.nativeType ?? [];
  return {
    kind: field.isId ? 'id' : kind,
    column: field.dbName ?? field.name,
    maxLength: (hasLength(native) && Number(args[0] ?? (native === 'Char' ? 1 : 0))) || null,
    isRequired: field.isRequired,
    isUnique: field.isUnique,
    ...(field.isId && kind !== 'integer' && { idType: kind }),
    ...(kind === 'decimal' && digits(native, args)),
    ...(kind === 'enum' && { values: valuesOf(field, enums) }),
    ...(isTold(native) && { native: native.toLowerCase() }),
    ...(field.isUpdatedAt && { isAutomatic: true }),
    ...defaultOf(field),
  };
}

/** The values of an enum: each one's name in TypeScript and what the database keeps. */
function valuesOf(field: DMMF.Field, enums: readonly DMMF.DatamodelEnum[]) {
  const found = enums.find(({ name }) => name === field.type);
  return (found?.values ?? []).map(({ name, dbName }) => [name, dbName ?? name]);
}

function kindOf(field: DMMF.Field): string {
  if (field.kind === 'enum') return 'enum';
  return NATIVE_KINDS[field.nativeType?.[0] ?? ''] ?? KINDS[field.type] ?? 'unsupported';
}

function hasLength(native: string): boolean {
  return ['VarChar', 'Char', 'Bit', 'VarBit', ''].includes(native);
}

function isTold(native: string): boolean {
  return ['Char', 'Bit', 'VarBit', 'Inet', 'Xml', 'Citext', 'SmallInt', 'Oid'].includes(native);
}

function digits(native: string, args: readonly string[]) {
  const [most, places] = native === 'Money' ? DECIMAL.Money : DECIMAL.Decimal;
  if (args.length === 0) return { maxDigits: most, decimalPlaces: places };
  return { maxDigits: Number(args[0]), decimalPlaces: Number(args[1] ?? 0) };
}

// A literal as it is, and the name of what makes one: `{ default: 'now()' }`.
function defaultOf({ hasDefaultValue, default: value, isId }: DMMF.Field) {
  if (!hasDefaultValue || isId || value === undefined) return {};
  if (typeof value !== 'object' || value === null) return { default: value };
  return 'name' in value ? { defaultMaker: value.name } : {};
}
