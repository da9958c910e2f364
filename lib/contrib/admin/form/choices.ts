import { type FieldMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { delegateOf, findRows, strOf } from '@/lib/contrib/admin/rows';
import { type DbClient, db } from '@/lib/db/client';
import type { RowId } from '@/lib/forms/row-id';

/** A row that a field may name: its id, as a form sends it, and what people call it. */
export type Choice = readonly [id: string | number, label: string];

type KeyMeta = Extract<FieldMeta, { kind: 'foreignKey' | 'manyToMany' }>;

/**
 * All rows that a foreign key or many-to-many field may name, by what they are called; of those
 * whose names are hidden only the ones that it names already.
 * Django: ModelAdmin.formfield_for_foreignkey, formfield_for_manytomany
 */
export async function choicesOf(
  admin: ModelAdmin,
  { to }: KeyMeta,
  held: readonly RowId[],
): Promise<Choice[]> {
  if (to.key && admin.site.find(to.key)?.areNamesHidden) {
    return choices(await namedRows(db, admin, { to, ids: held }));
  }
  const rows = await delegateOf(db, to.prismaName).findMany({ select: { id: true } });
  const ids = rows.map(({ id }) => id);
  const all = choices(await namedRows(db, admin, { to, ids }));
  return all.sort(([, one], [, other]) => one.localeCompare(other, 'en'));
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
  { site }: ModelAdmin,
  { to, ids }: Pick<KeyMeta, 'to'> & { ids: readonly RowId[] },
): Promise<NamedRow[]> {
  if (!to.key) return ids.map((id) => [id, String(id)]);
  const meta = modelMeta(to.key);
  const target = site.find(to.key) ?? { meta, options: {} };
  const rows = await findRows(client, meta, ids);
  return rows.map((row) => [row.id, strOf(target, row)]);
}
