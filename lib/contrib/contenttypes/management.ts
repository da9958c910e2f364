import { type AppDeclaration, declaredModels } from '@/lib/apps/define-app';
import { appsInUse } from '@/lib/apps/installed';
import { databaseProvider, type TransactionClient, transaction } from '@/lib/db/client';
import { type ContentType, clearContentTypeCache } from './models';

/** A content type whose model is no longer declared, and how many permissions hang on it. */
export type StaleContentType = ContentType & { permissionCount: number };

/**
 * Make the content types that the declared models lack, in the order of the declarations, and
 * return the new ones. Existing rows stay as they are; nothing is deleted.
 * Django: contrib/contenttypes/management/__init__.py create_contenttypes
 */
export async function createContentTypes(
  apps: readonly AppDeclaration[] = appsInUse(),
): Promise<ContentType[]> {
  clearContentTypeCache();
  return transaction(async (tx) => {
    await lockContentTypes(tx);
    const existing = new Set((await tx.contentType.findMany()).map(keyOf));
    const missing = declaredModels(apps)
      .filter(({ declaration }) => declaration.managed !== false)
      .map(({ appLabel, model }) => ({ appLabel, model }))
      .filter((declared) => !existing.has(keyOf(declared)));
    const created: ContentType[] = [];
    for (const data of missing) created.push(await tx.contentType.create({ data }));
    return created;
  });
}

/**
 * The content types whose model is gone from the declarations of an installed app. Apps that are
 * not installed, and those whose tables another application manages, are left out: they are Django's.
 * Django: contrib/contenttypes/management/commands/remove_stale_contenttypes.py
 */
export async function staleContentTypes(
  apps: readonly AppDeclaration[] = appsInUse(),
): Promise<StaleContentType[]> {
  const models = declaredModels(apps);
  const declared = new Set(models.map(keyOf));
  const isManaged = (label: string) =>
    models.every(
      ({ appLabel, declaration }) => appLabel !== label || declaration.managed !== false,
    );
  const labels = new Set([
    ...apps.map(({ label }) => label),
    ...models.map(({ appLabel }) => appLabel),
  ]);
  return transaction(async (tx) => {
    const rows = await tx.contentType.findMany({
      where: { appLabel: { in: [...labels].filter(isManaged) } },
      include: { _count: { select: { permissions: true } } },
      orderBy: [{ appLabel: 'asc' }, { model: 'asc' }],
    });
    return rows
      .filter((row) => !declared.has(keyOf(row)))
      .map(({ _count, ...row }) => ({ ...row, permissionCount: _count.permissions }));
  });
}

/**
 * The receiver of `postMigrate`: make the content types that are missing, and name the new ones and
 * those whose model is gone.
 * Django: contrib/contenttypes/apps.py ContentTypesConfig.ready
 */
export async function makeContentTypes({ say }: { say: (line: string) => void }): Promise<void> {
  for (const { appLabel, model } of await createContentTypes()) {
    say(`Added content type ${appLabel}.${model}.`);
  }
  for (const { appLabel, model, permissionCount } of await staleContentTypes()) {
    say(
      `Stale: no model ${appLabel}.${model} is declared any more; its content type and ${permissionCount} permissions are kept.`,
    );
  }
}

/**
 * Let one process at a time look for what is missing and make it, until the transaction ends. On
 * SQLite a transaction holds that lock from its start.
 */
export async function lockContentTypes(tx: TransactionClient): Promise<void> {
  if (databaseProvider() === 'sqlite') return;
  await tx.$executeRaw`LOCK TABLE django_content_type IN SHARE ROW EXCLUSIVE MODE`;
}

function keyOf({ appLabel, model }: Omit<ContentType, 'id'>): string {
  return `${appLabel}.${model}`;
}
