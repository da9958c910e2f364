import { isSecret } from '@/lib/contrib/admin/lookups/lookups';
import {
  type TextLookup,
  textColumn,
  textCondition,
} from '@/lib/contrib/admin/lookups/text-lookups';
import { anyOf } from '@/lib/contrib/admin/lookups/value-lookups';
import { getField, type ModelMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { databaseProvider, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { hasNul, NULL_CHARACTERS } from '@/lib/forms/fields';
import { searchWords } from './search-words';

// Beyond this the statement grows past what SQLite takes.
const MAX_WORDS = 32;
const MAX_LENGTH = 1000;

// What is searched by its letters and digits.
const SEARCHED = ['text', 'uuid', 'enum', 'integer', 'bigint', 'decimal'];

const PREFIXES: Record<string, TextLookup> = { '^': 'istartswith', '=': 'iexact' };

/**
 * What is wrong with a search, for the person who typed it; null if nothing is.
 * Django: ChangeListSearchForm
 */
export function searchError(query: string): string | null {
  if (hasNul(query)) return NULL_CHARACTERS;
  if (query.length > MAX_LENGTH) return `A search has at most ${MAX_LENGTH} characters.`;
  if (searchWords(query).length > MAX_WORDS) return `A search has at most ${MAX_WORDS} words.`;
  return null;
}

/**
 * The condition that a search puts on the rows of the table, known as `t`: each word stands in one of
 * `searchFields`. Null for an empty search and for a model without search fields. Throws TypeError
 * for a declaration that names no text field. Ask `searchError` first.
 * Django: ModelAdmin.get_search_results
 */
export function searchCondition(admin: ModelAdmin, query: string): Prisma.Sql | null {
  const words = searchWords(query.toWellFormed());
  const fields = admin.options.searchFields ?? [];
  if (words.length === 0 || fields.length === 0) return null;
  const conditions = words.map((word) =>
    anyOf(fields.map((field) => fieldCondition(admin.meta, field, word))),
  );
  return Prisma.join(conditions, ' AND ');
}

function fieldCondition(meta: ModelMeta, declared: string, word: string): Prisma.Sql {
  const prefix = /^[\^=@]/.exec(declared)?.[0] ?? '';
  const path = declared.slice(prefix.length).split('__');
  return pathCondition(meta, path, 't', (column) =>
    prefix === '@'
      ? fullTextCondition(column, word)
      : textCondition(column, PREFIXES[prefix] ?? 'icontains', word),
  );
}

// The rows at the far end of a foreign key are sought once, not once for each row at this end.
function pathCondition(
  meta: ModelMeta,
  [name = '', ...rest]: readonly string[],
  alias: string,
  condition: (column: Prisma.Sql) => Prisma.Sql,
): Prisma.Sql {
  const field = getField(meta, name);
  const table = identifier(alias);
  if ('maxLength' in field && rest.length === 0 && !isSecret(field.formName)) {
    const kind = field.kind === 'id' ? (field.idType ?? 'integer') : field.kind;
    if (SEARCHED.includes(kind)) {
      return condition(
        textColumn({ ...field, kind }, Prisma.sql`${table}.${identifier(field.column)}`),
      );
    }
  }
  if (field.kind !== 'foreignKey' || field.to.key === null) {
    throw new TypeError(`${meta.key} cannot be searched by ${name}.`);
  }
  const target = modelMeta(field.to.key);
  const next = `${alias}_${name}`;
  const inner = pathCondition(target, rest, next, condition);
  return Prisma.sql`${table}.${identifier(field.column)} IN (
    SELECT ${identifier(next)}.id FROM ${identifier(target.table)} AS ${identifier(next)}
    WHERE ${inner})`;
}

/** Django: the lookup `search` of contrib.postgres; elsewhere the words are sought as they are. */
function fullTextCondition(column: Prisma.Sql, word: string): Prisma.Sql {
  if (databaseProvider() !== 'postgresql') return textCondition(column, 'icontains', word);
  return Prisma.sql`to_tsvector(COALESCE(${column}, '')) @@ plainto_tsquery(${word})`;
}
