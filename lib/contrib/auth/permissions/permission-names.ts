import { db } from '@/lib/db/client';
import { hasNul } from '@/lib/forms/fields';

/** A permission as people and code call it; `model` is '' for one that only a backend knows. */
export type NamedPermission = { perm: string; name: string; appLabel: string; model: string };

/**
 * Every permission of the database in Django's order, by app, model and codename. Two models of one
 * app may have one `app.codename`: nobody can hold one without the other, and it is listed once.
 * Django: Permission.objects.all()
 */
export async function listedPermissions(): Promise<NamedPermission[]> {
  const rows = await db.permission.findMany({ include: { contentType: true } });
  const named = rows.map(({ codename, name, contentType: { appLabel, model } }) => ({
    perm: `${appLabel}.${codename}`,
    name,
    appLabel,
    model,
  }));
  const seen = new Set<string>();
  return named
    .sort((a, b) => compare(keyOf(a), keyOf(b)))
    .filter(({ perm }) => !seen.has(perm) && seen.add(perm));
}

/**
 * The permissions on the models that this permission, `app.codename`, is about, itself among them,
 * in Django's order; none for a permission that does not exist.
 */
export async function permissionsBeside(
  perm: string,
): Promise<(NamedPermission & { id: number })[]> {
  const [appLabel = '', codename] = perm.split(/\.(.*)/s);
  if (codename === undefined || hasNul(perm)) return [];
  const rows = await db.permission.findMany({
    where: { contentType: { appLabel, permissions: { some: { codename } } } },
    include: { contentType: true },
  });
  return rows
    .map(({ id, codename, name, contentType: { model } }) => ({
      id,
      perm: `${appLabel}.${codename}`,
      name,
      appLabel,
      model,
    }))
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
}

function keyOf({ appLabel, model, perm }: NamedPermission): string {
  return [appLabel, model, perm].join('\0');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
