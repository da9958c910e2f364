import { randomUUID } from 'node:crypto';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import type { Values } from '@/lib/contrib/admin/options';
import { Prisma } from '@/lib/db/client';

/**
 * What the form of a new row is filled with: the defaults of the schema, by field name. A default that
 * a database makes, and no form can know, is left to it.
 * Django: Field.get_default; BaseModelForm.__init__
 */
export function initialValues(fields: readonly FieldMeta[], now = new Date()): Values {
  return Object.fromEntries(fields.map((field) => [field.name, initialValue(field, now)] as const));
}

function initialValue(field: FieldMeta, now: Date): unknown {
  if (!('maxLength' in field)) return null;
  const { kind, default: told, defaultMaker } = field;
  if (told !== undefined) return typedDefault(kind, told);
  if (defaultMaker === 'now' && ['datetime', 'date', 'time'].includes(kind)) return now;
  return kind === 'uuid' && ['uuid', 'dbgenerated'].includes(defaultMaker ?? '')
    ? randomUUID()
    : null;
}

// Prisma tells a default as it stands in the schema: of numbers too large for JSON as a text.
function typedDefault(kind: FieldMeta['kind'], told: string | number | boolean): unknown {
  switch (kind) {
    case 'decimal':
      return new Prisma.Decimal(String(told));
    case 'bigint':
      return BigInt(told);
    case 'json':
      return JSON.parse(String(told));
    case 'datetime':
    case 'date':
    case 'time':
      return new Date(String(told));
    default:
      return told;
  }
}
