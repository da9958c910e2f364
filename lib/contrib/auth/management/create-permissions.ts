import { type AppDeclaration, declaredModels, permissionsOf } from '@/lib/apps/define-app';
import { appsInUse } from '@/lib/apps/installed';
import { createContentTypes, lockContentTypes } from '@/lib/contrib/contenttypes/management';
import { db, type TransactionClient, transaction } from '@/lib/db/client';

/** A permission by its natural key. */
export type PermissionKey = { appLabel: string; model: string; codename: string };

/**
 * Make the permissions that the declared models lack, content types first, in the order of the
 * declarations, and return the new ones. A label that somebody edited stays; a row that somebody
 * deleted comes back; nothing is deleted.
 * Django: contrib/auth/management/__init__.py create_permissions
 */
export async function createPermissions(
  apps: readonly AppDeclaration[] = appsInUse(),
): Promise<PermissionKey[]> {
  await createContentTypes(apps);
  return transaction(async (tx) => {
    await lockContentTypes(tx);
    const ids = await contentTypeIds(tx);
    const existing = new Set(
      (await tx.permission.findMany()).map((row) => `${row.contentTypeId}.${row.codename}`),
    );
    const missing = declaredPermissions(apps)
      .map((declared) => ({ ...declared, contentTypeId: ids.get(modelKey(declared)) ?? 0 }))
      .filter(({ contentTypeId, codename }) => !existing.has(`${contentTypeId}.${codename}`));
    await tx.permission.createMany({
      data: missing.map(({ name, contentTypeId, codename }) => ({ name, contentTypeId, codename })),
    });
    return missing.map(({ appLabel, model, codename }) => ({ appLabel, model, codename }));
  });
}

/**
 * The permissions of declared models that no declaration names any more: a custom one was removed,
 * or one of Django's four. They still grant what they name, until somebody deletes them.
 * Django: contrib/auth/management/__init__.py leaves them too
 */
export async function stalePermissions(
  apps: readonly AppDeclaration[] = appsInUse(),
): Promise<PermissionKey[]> {
  const declared = new Set(declaredPermissions(apps).map(permissionKey));
  const models = new Set(declaredModelKeys(apps));
  const rows = await db.permission.findMany({
    select: { codename: true, contentType: { select: { appLabel: true, model: true } } },
    orderBy: { id: 'asc' },
  });
  return rows
    .map(({ codename, contentType }) => ({ ...contentType, codename }))
    .filter((row) => models.has(modelKey(row)) && !declared.has(permissionKey(row)));
}

/**
 * The receiver of `postMigrate`: make the permissions that are missing, and name those that no
 * declaration names any more.
 * Django: contrib/auth/apps.py AuthConfig.ready
 */
export async function makePermissions({ say }: { say: (line: string) => void }): Promise<void> {
  const permissions = await createPermissions();
  if (permissions.length > 0) say(`Added ${permissions.length} permissions.`);
  for (const { appLabel, codename } of await stalePermissions()) {
    say(`Stale: no model declares ${appLabel}.${codename} any more; it is kept and still grants.`);
  }
}

// Those of a model that another application manages are its own.
function managedModels(apps: readonly AppDeclaration[]) {
  return declaredModels(apps).filter(({ declaration }) => declaration.managed !== false);
}

function declaredPermissions(apps: readonly AppDeclaration[]) {
  return managedModels(apps).flatMap(({ appLabel, model, declaration }) =>
    permissionsOf(model, declaration).map(([codename, name]) => ({
      appLabel,
      model,
      codename,
      name,
    })),
  );
}

function declaredModelKeys(apps: readonly AppDeclaration[]): string[] {
  return managedModels(apps).map(modelKey);
}

async function contentTypeIds(tx: TransactionClient): Promise<Map<string, number>> {
  const rows = await tx.contentType.findMany();
  return new Map(rows.map((row) => [modelKey(row), row.id]));
}

function modelKey({ appLabel, model }: { appLabel: string; model: string }): string {
  return `${appLabel}.${model}`;
}

function permissionKey(permission: PermissionKey): string {
  return `${modelKey(permission)}.${permission.codename}`;
}
