import {
  type CataloguedPermission,
  distinctNames,
  loadCatalogue,
} from '@/lib/contrib/auth/permissions/permission-catalogue';
import { parsePermissionName } from '@/lib/contrib/auth/permissions/permission-name';
import { type DbClient, db } from '@/lib/db/client';

/** The permissions of these names, `app.codename`, that the database knows, each name once. */
export async function permissionsNamed(
  names: readonly string[],
  client: DbClient = db,
): Promise<CataloguedPermission[]> {
  const parts = names.flatMap((name) => parsePermissionName(name) ?? []);
  if (parts.length === 0) return [];
  const rows = await client.permission.findMany({
    where: {
      OR: parts.map(({ appLabel, codename }) => ({ codename, contentType: { appLabel } })),
    },
    select: { id: true },
  });
  return distinctNames(
    await loadCatalogue(
      client,
      rows.map(({ id }) => id),
    ),
  );
}
