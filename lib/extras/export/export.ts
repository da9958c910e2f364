import { columnText } from '@/lib/contrib/admin/form/values';
import { type Cell, fieldCell } from '@/lib/contrib/admin/list/columns';
import { listCondition } from '@/lib/contrib/admin/list/list-condition';
import { parseListQuery } from '@/lib/contrib/admin/list/list-query';
import { selectIds } from '@/lib/contrib/admin/list/selection';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import { isSecret } from '@/lib/contrib/admin/lookups/lookups';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { findRows } from '@/lib/contrib/admin/rows';
import { searchError } from '@/lib/contrib/admin/search/search';
import { databaseProvider, db, Prisma } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';
import { type CsvValue, csvLine } from './csv';

const EXACT = ['date', 'time', 'enum', 'json', 'bytes', 'decimal'];

// Rows read at a time: little memory, few statements.
const BATCH = 500;

// Spreadsheets take a file without it for the local 8-bit encoding.
const BYTE_ORDER_MARK = '\ufeff';

/**
 * All rows that a query of the change list leaves, as lines of a CSV file, in the order of their ids:
 * the id and the fields that the screens show, named as in forms, never a password. Each batch is
 * read when it is asked for, so rows that change meanwhile are as they are then. Throws as
 * `listCondition`, and IncorrectLookup for a search that the list leaves aside. Ask
 * `hasViewPermission` first.
 * Django: no counterpart
 */
export async function exportCsv(
  admin: ModelAdmin,
  user: AdminUser,
  params: URLSearchParams,
): Promise<AsyncGenerator<string>> {
  const query = parseListQuery(params);
  if (searchError(query.search) !== null) throw new IncorrectLookup();
  const { where } = await listCondition(admin, user, query);
  return lines(await adminSeenBy(admin, user), exportedFields(admin), where);
}

/** The same of these rows, which the user was found to see. */
export async function exportRows(
  admin: ModelAdmin,
  user: AdminUser,
  ids: readonly RowId[],
): Promise<AsyncGenerator<string>> {
  const values = Prisma.join(ids.map((id) => idValue(admin, id)));
  const where = Prisma.sql`t.id IN (${values})`;
  return lines(await adminSeenBy(admin, user), exportedFields(admin), where);
}

/**
 * The fields that an export has: the id, then what the form shows, then what the list shows besides.
 * Fields with several values are left out.
 */
export function exportedFields({ meta, options }: ModelAdmin): FieldMeta[] {
  const inForm = (options.fieldsets ?? []).flatMap(({ fields }) => fields);
  const inList = (options.listDisplay ?? []).filter((item) => typeof item === 'string');
  const names = [...new Set(['id', ...inForm, ...inList])];
  return names
    .map((name) => getField(meta, name))
    .filter(
      ({ kind, formName }) => kind !== 'manyToMany' && kind !== 'reverse' && !isSecret(formName),
    );
}

async function* lines(admin: ModelAdmin, fields: readonly FieldMeta[], where: Prisma.Sql) {
  yield BYTE_ORDER_MARK + csvLine(fields.map(({ formName }) => formName));
  let last: RowId | null = null;
  for (;;) {
    const after: Prisma.Sql =
      last === null ? where : Prisma.sql`${where} AND t.id > ${idValue(admin, last)}`;
    const ids: RowId[] = await selectIds(admin, { where: after, limit: BATCH });
    const rows = await findRows(db, admin.meta, ids);
    yield rows
      .map((row) => csvLine(fields.map((field) => exportedValue(admin, field, row))))
      .join('');
    last = ids.at(-1) ?? last;
    if (ids.length < BATCH) return;
  }
}

// A parameter alone has no type, and PostgreSQL compares no UUID with a text.
function idValue({ meta }: ModelAdmin, id: RowId): Prisma.Sql {
  const isUuid = meta.idType === 'uuid' && databaseProvider() === 'postgresql';
  return isUuid ? Prisma.sql`CAST(${id} AS uuid)` : Prisma.sql`${id}`;
}

/** What a file says of a field: of a type that people read in other words the value itself, to be read back. */
export function exportedValue(admin: ModelAdmin, field: FieldMeta, row: Row): CsvValue {
  const value = row[field.name];
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  if (isNumber && !('choices' in field && field.choices)) return { number: String(value) };
  if ('maxLength' in field && EXACT.includes(field.kind) && value !== null && value !== undefined) {
    const text = columnText(field, value);
    return field.kind === 'decimal' ? { number: text } : text;
  }
  return cellText(fieldCell(admin, field, row));
}

function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'text':
      return cell.value;
    case 'boolean':
      return cell.value ? 'true' : 'false';
    case 'datetime':
      return cell.value.toISOString();
    default:
      return '';
  }
}
