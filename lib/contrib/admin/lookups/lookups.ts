import type { ColumnMeta } from '@/lib/contrib/admin/form/values';
import {
  type FieldMeta,
  fieldByFormName,
  type ModelMeta,
  modelMeta,
} from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import type { IdColumn } from '@/lib/forms/row-id';
import { IncorrectLookup } from './incorrect-lookup';
import type { Held } from './typed-lookups';
import { anyOf, isTrue, valueCondition } from './value-lookups';

type ManyToMany = Extract<FieldMeta, { kind: 'manyToMany' }>;

// Guessed letter by letter these would come out, whoever may see the rest of the row.
const SECRETS: ReadonlySet<string> = new Set([
  'password',
  'session_key',
  'session_data',
  'django_key',
]);

/** Whether a column, by its name in the table, is never shown, searched, sorted by or exported. */
export function isSecret(formName: string): boolean {
  return SECRETS.has(formName);
}

/**
 * Refuse what nobody may filter by: a password, and fields of other models that no filter declares.
 * A name that means nothing passes here. Throws SuspiciousOperation.
 * Django: ModelAdmin.lookup_allowed, UserAdmin.lookup_allowed
 */
export function assertLookupAllowed(admin: ModelAdmin, key: string): void {
  const parts = key.split('__');
  const [first = '', second = ''] = parts;
  const isRefused =
    key.startsWith('password') || parts.some(isSecret) || isForeign(admin.meta, first, second);
  if (isRefused) throw new SuspiciousOperation(`Filtering by ${key} not allowed.`);
}

/**
 * Two ways to write the same condition: to find the rows that fit where they are few, or to test row
 * after row where many do.
 */
export type ConditionForm = 'find' | 'test';

/**
 * The condition that one name of the query, `groups__id__exact` say, puts on the rows of the table,
 * known as `t`; of several values one has to fit. Throws IncorrectLookup for a field or lookup that
 * does not exist and for a value that is none. Ask `assertLookupAllowed` first.
 * Django: QuerySet.filter
 */
export function lookupCondition(
  meta: ModelMeta,
  key: string,
  values: readonly string[],
  form: ConditionForm = 'find',
): Prisma.Sql {
  const [first = '', ...rest] = key.split('__');
  const found = localField(meta, first);
  if (!found) throw new IncorrectLookup();
  const isRelation = found.kind === 'foreignKey' || found.kind === 'manyToMany';
  const [next] = rest;
  const lookups = isRelation && (next === 'id' || next === 'pk') ? rest.slice(1) : rest;
  const lookup = lookups.join('__') || 'exact';
  return anyOf(values.map((value) => fieldCondition(found, { lookup, value, form })));
}

type Asked = { lookup: string; value: string; form: ConditionForm };

function fieldCondition(field: FieldMeta, asked: Asked): Prisma.Sql {
  const { lookup, value } = asked;
  switch (field.kind) {
    case 'manyToMany':
      return manyToManyCondition(field, asked);
    case 'foreignKey':
      return valueCondition(columnOf(field.column), idHeld(field.to), lookup, value);
    case 'reverse':
    case 'unsupported':
      throw new IncorrectLookup();
    default:
      return valueCondition(columnOf(field.column), heldBy(field), lookup, value);
  }
}

function manyToManyCondition(
  { through, to: target }: ManyToMany,
  { lookup, value, form }: Asked,
): Prisma.Sql {
  const table = identifier(through.table);
  const from = identifier(through.from.column);
  if (lookup === 'isnull') {
    const no = isTrue(value) ? Prisma.sql`NOT` : Prisma.empty;
    return Prisma.sql`${no} EXISTS (SELECT 1 FROM ${table} AS m WHERE m.${from} = t.id)`;
  }
  const to = Prisma.sql`m.${identifier(through.to.column)}`;
  const condition = valueCondition(to, idHeld(target), lookup, value);
  if (form === 'find') {
    return Prisma.sql`t.id IN (SELECT m.${from} FROM ${table} AS m WHERE ${condition})`;
  }
  // Not EXISTS, for which PostgreSQL would gather all of them first.
  return Prisma.sql`(SELECT 1 FROM ${table} AS m WHERE m.${from} = t.id AND ${condition} LIMIT 1) = 1`;
}

// An id is compared as what it is.
function heldBy(field: ColumnMeta): Held {
  return field.kind === 'id'
    ? idHeld({ idType: field.idType ?? 'integer', idNative: field.native })
    : field;
}

function idHeld({ idType, idNative }: IdColumn): Held {
  return { kind: idType, ...(idNative !== undefined && { native: idNative }) };
}

function columnOf(column: string): Prisma.Sql {
  return Prisma.sql`t.${identifier(column)}`;
}

/** A field by its name in queries, a foreign key by its column too, the id as `pk`. */
function localField(meta: ModelMeta, name: string): FieldMeta | null {
  if (name === 'pk') return fieldByFormName(meta, 'id');
  const key = [...meta.fields.values()].find(
    (field) => field.kind === 'foreignKey' && field.column === name,
  );
  const field = key ?? fieldByFormName(meta, name);
  return field?.kind === 'reverse' ? null : field;
}

// A field of another model, other than its id.
function isForeign(meta: ModelMeta, first: string, second: string): boolean {
  const field = localField(meta, first);
  if (field?.kind !== 'foreignKey' && field?.kind !== 'manyToMany') return false;
  if (field.to.key === null || second === 'id' || second === 'pk') return false;
  return fieldByFormName(modelMeta(field.to.key), second) !== null;
}
