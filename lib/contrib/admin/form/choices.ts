import { type FieldMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { delegateOf, findAllRows, findRows, strOf, visibleAmong } from '@/lib/contrib/admin/rows';
import { type DbClient, db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';

/** A row that a field may name: its id, as a form sends it, and what people call it. */
export type Choice = readonly [id: string | number, label: string];

type KeyMeta = Extract<FieldMeta, { kind: 'foreignKey' | 'manyToMany' }>;

/**
 * All rows that a foreign key or many-to-many field may name, by what they are called; of those
 * whose names are hidden, or that `getQueryset` hides from who reads the form, only the ones that it
 * names already.
 * Django: ModelAdmin.formfield_for_foreignkey, formfield_for_manytomany, which offer every row
 */
export async function choicesOf(
  admin: ModelAdmin,
  { to }: KeyMeta,
  held: readonly RowId[],
): Promise<Choice[]> {
  const target = to.key ? admin.site.find(to.key) : null;
  if (target?.areNamesHidden) {
    return choices(await namedRows(db, admin, { to, ids: held }));
  }
  const all = choices(await offeredRows(admin, target, { to, held }));
  return all.sort(([, one], [, other]) => one.localeCompare(other, 'en'));
}

async function offeredRows(
  admin: ModelAdmin,
  target: ModelAdmin | null,
  { to, held }: Pick<KeyMeta, 'to'> & { held: readonly RowId[] },
): Promise<NamedRow[]> {
  const isWhole = !target?.options.getQueryset || !admin.reader;
  if (isWhole && to.key) return named(admin, to.key, await findAllRows(db, modelMeta(to.key)));
  const rows = await delegateOf(db, to.prismaName).findMany({ select: { id: true } });
  const ids = await offeredIds(admin, target, { ids: rows.map(({ id }) => id), held });
  return namedRows(db, admin, { to, ids });
}

async function offeredIds(
  { reader }: ModelAdmin,
  target: ModelAdmin | null,
  { ids, held }: { ids: RowId[]; held: readonly RowId[] },
): Promise<RowId[]> {
  if (!target?.options.getQueryset || !reader) return ids;
  const seen = new Set([...(await visibleAmong(target, ids, reader)), ...held]);
  return ids.filter((id) => seen.has(id));
}

// A browser is sent no BigInt.
function choices(named: readonly NamedRow[]): Choice[] {
  return named.map(([id, text]) => [typeof id === 'bigint' ? String(id) : id, text]);
}

/** A row's id and what people call it. */
type NamedRow = readonly [id: RowId, text: string];

/** These rows by what they are called, in their order; those that are gone are left out. */
export async function namedRows(
  client: DbClient,
  admin: ModelAdmin,
  { to, ids }: Pick<KeyMeta, 'to'> & { ids: readonly RowId[] },
): Promise<NamedRow[]> {
  if (!to.key) return ids.map((id) => [id, String(id)]);
  return named(admin, to.key, await findRows(client, modelMeta(to.key), ids));
}

function named({ site }: ModelAdmin, key: string, rows: readonly Row[]): NamedRow[] {
  const target = site.find(key) ?? { meta: modelMeta(key), options: {} };
  return rows.map((row) => [row.id, strOf(target, row)]);
}
