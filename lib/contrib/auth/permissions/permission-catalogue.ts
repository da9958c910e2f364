import { compare } from '@/lib/core/compare';
import { type DbClient, db, Prisma } from '@/lib/db/client';

/**
 * A permission as people and code call it: `perm` is `app.codename`, `name` its label, and `model`
 * is '' for one that only a backend knows.
 */
export type NamedPermission = { perm: string; name: string; appLabel: string; model: string };

/** A permission of the database. */
export type CataloguedPermission = NamedPermission & { id: number };

type PermissionRow = {
  id: number | bigint;
  app_label: string;
  model: string;
  codename: string;
  name: string;
};

// Above it the whole table is the shorter question; below what a statement takes of parameters.
const MOST_IDS = 1000;

/**
 * The permissions of the database in Django's order, by app, model and codename: all of them, or
 * those of these ids; ids of none are left out. One statement. A page loads it once and hands it on.
 * Django: Permission.objects.all(), in the order of its Meta
 */
export async function loadCatalogue(
  client: DbClient = db,
  ids?: readonly number[],
): Promise<CataloguedPermission[]> {
  if (ids?.length === 0) return [];
  const isShort = ids !== undefined && ids.length <= MOST_IDS;
  const wanted = isShort ? Prisma.sql`WHERE p.id IN (${Prisma.join([...ids])})` : Prisma.empty;
  const rows = await client.$queryRaw<PermissionRow[]>`
    SELECT p.id, ct.app_label, ct.model, p.codename, p.name
    FROM auth_permission p JOIN django_content_type ct ON ct.id = p.content_type_id ${wanted}`;
  const all = rows.map(({ id, app_label, model, codename, name }) => ({
    id: Number(id),
    perm: `${app_label}.${codename}`,
    name,
    appLabel: app_label,
    model,
  }));
  const sorted = all.sort(inDjangosOrder);
  return isShort || !ids ? sorted : ofIds(sorted, ids);
}

/** Those of these ids, in the catalogue's order. */
export function ofIds<P extends { id: number }>(
  catalogue: readonly P[],
  ids: readonly number[],
): P[] {
  const wanted = new Set(ids);
  return catalogue.filter(({ id }) => wanted.has(id));
}

/**
 * The permissions on the models that this one, `app.codename`, is about, itself among them; none for
 * one that does not exist. Two models of one app may have one codename: it is about both.
 */
export function besideIn(
  catalogue: readonly CataloguedPermission[],
  perm: string,
): CataloguedPermission[] {
  const keyOf = ({ appLabel, model }: NamedPermission) => `${appLabel}\0${model}`;
  const models = new Set(catalogue.filter((each) => each.perm === perm).map(keyOf));
  return catalogue.filter((each) => models.has(keyOf(each)));
}

/**
 * Each name once. Two models of one app may have one `app.codename`: nobody can hold one without the
 * other.
 */
export function distinctNames<P extends NamedPermission>(catalogue: readonly P[]): P[] {
  const seen = new Set<string>();
  return catalogue.filter(({ perm }) => !seen.has(perm) && seen.add(perm));
}

/** By app, model and codename, as Permission.Meta.ordering. */
export function inDjangosOrder(one: NamedPermission, other: NamedPermission): number {
  return (
    compare(one.appLabel, other.appLabel) ||
    compare(one.model, other.model) ||
    compare(one.perm, other.perm)
  );
}
