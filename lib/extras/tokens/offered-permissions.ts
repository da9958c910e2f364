import type { User } from '@/lib/contrib/auth/models';
import { explainAll } from '@/lib/contrib/auth/permissions/decisions';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';

/** What somebody may let a token carry, together for each app; `perm` is `app.codename`. */
export type OfferedPermissions = { app: string; permissions: { perm: string; name: string }[] }[];

/**
 * What the tokens of a person may carry, app after app: all that they hold of the permissions in the
 * database.
 */
export async function offeredPermissions(user: User): Promise<OfferedPermissions> {
  const { permissions } = await explainAll(user);
  const known = new Set((await loadCatalogue()).map(({ perm }) => perm));
  const apps = new Map<string, { perm: string; name: string }[]>();
  for (const { perm, name } of permissions) {
    if (!known.has(perm)) continue;
    const [app = ''] = perm.split('.', 1);
    apps.set(app, [...(apps.get(app) ?? []), { perm, name }]);
  }
  return [...apps].map(([app, held]) => ({ app, permissions: held }));
}
