import { keyOf, modelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { findRows, strOf } from '@/lib/contrib/admin/rows';
import { hasId, idTypeOf } from '@/lib/contrib/auth/users/model-graph';
import { type Reference, referencesTo } from '@/lib/contrib/auth/users/references';
import { type DbClient, Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';
import { type RowId, rowIdOf } from '@/lib/forms/row-id';
import { nameOfKind } from './kind-names';

/** A row that goes, with what goes with it. `href` leads to it if it has screens. */
export type DeletedRow = {
  /** Unlike that of every other row. */
  key: string;
  kind: string;
  text: string;
  href: string | null;
  related: DeletedRow[];
};

const MOST_LISTED = 100;

/**
 * The rows that go, each with what goes with it: at most a hundred of them, and at most a hundred
 * of each further kind in all.
 * Django: contrib/admin/utils.py NestedObjects.nested
 */
export async function listDeleted(
  client: DbClient,
  admin: ModelAdmin,
  rows: readonly Row[],
): Promise<DeletedRow[]> {
  const { meta, site } = admin;
  const shown = rows.slice(0, MOST_LISTED);
  const related = await relatedRows(client, { prismaName: meta.prismaName, site }, idsOf(shown));
  return shown.map((row) => ({
    key: `${meta.key} ${row.id}`,
    kind: meta.verboseName,
    text: strOf(admin, row),
    href: `/admin/${meta.appLabel}/${meta.modelName}/${encodeURIComponent(String(row.id))}/change/`,
    related: related.get(row.id) ?? [],
  }));
}

type Where = { prismaName: string; site: ModelAdmin['site'] };
type Referring = { id: RowId; parent: RowId; other: RowId };

async function relatedRows(
  client: DbClient,
  { prismaName, site }: Where,
  ids: readonly RowId[],
): Promise<Map<RowId, DeletedRow[]>> {
  const found = new Map<RowId, DeletedRow[]>();
  for (const reference of referencesTo(prismaName)) {
    if (reference.fate !== 'deleted') continue;
    const referring = await readReferring(client, { reference, to: prismaName }, ids);
    const deeper = reference.other
      ? new Map<RowId, DeletedRow[]>()
      : await relatedRows(client, { prismaName: reference.prismaName, site }, idsOf(referring));
    const named = reference.other
      ? await textsOf(client, { prismaName: reference.other.prismaName, site }, referring, 'other')
      : await textsOf(client, { prismaName: reference.prismaName, site }, referring, 'id');
    for (const { id, parent } of referring) {
      const kind = nameOfKind(reference.prismaName, 1);
      const row = { key: `${kind} ${id}`, kind, related: deeper.get(id) ?? [] };
      const text = named.get(id) ?? { text: String(id), href: null };
      found.set(parent, [...(found.get(parent) ?? []), { ...row, ...text }]);
    }
  }
  return found;
}

async function readReferring(
  client: DbClient,
  { reference: { table, column, other, prismaName }, to }: { reference: Reference; to: string },
  ids: readonly RowId[],
): Promise<Referring[]> {
  // A row that no address can name is counted, and not listed.
  const isNamed = hasId(prismaName);
  if (ids.length === 0 || !(isNamed || other)) return [];
  const id = identifier(isNamed ? 'id' : (other?.column ?? 'id'));
  const rows = await client.$queryRaw<Referring[]>`
    SELECT ${id} AS id, ${identifier(column)} AS parent,
      ${identifier(other?.column ?? 'id')} AS other
    FROM ${identifier(table)} WHERE ${identifier(column)} IN (${Prisma.join([...ids])})
    ORDER BY 1 LIMIT ${MOST_LISTED}`;
  const ends = { id: isNamed ? prismaName : other?.prismaName, other: other?.prismaName };
  const typed = (value: RowId, model: string | undefined) =>
    rowIdOf(value, model === undefined || !hasId(model) ? 'integer' : idTypeOf(model));
  return rows.map((row) => ({
    id: typed(row.id, ends.id),
    parent: typed(row.parent, to),
    other: typed(row.other, ends.other ?? ends.id),
  }));
}

// A row that only ties two others together is called after the one at its other end.
async function textsOf(
  client: DbClient,
  { prismaName, site }: Where,
  referring: readonly Referring[],
  end: 'id' | 'other',
): Promise<Map<RowId, { text: string; href: string | null }>> {
  const key = keyOf(prismaName);
  if (!key) return new Map();
  const screens = site.find(key);
  const meta = modelMeta(key);
  const rows = await findRows(client, meta, [...new Set(referring.map((row) => row[end]))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const href = (id: RowId) =>
    screens && end === 'id'
      ? `/admin/${meta.appLabel}/${meta.modelName}/${encodeURIComponent(String(id))}/change/`
      : null;
  return new Map(
    referring.flatMap((each) => {
      const row = byId.get(each[end]);
      const text = row && strOf(screens ?? { meta, options: {} }, row);
      return text === undefined
        ? []
        : [[each.id, { text, href: href(byId.get(each[end])?.id ?? '') }] as const];
    }),
  );
}

function idsOf(rows: readonly { id: RowId }[]): RowId[] {
  return rows.map(({ id }) => id);
}
