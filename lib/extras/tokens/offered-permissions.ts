import type { User } from '@/lib/contrib/auth/models';
import { explainAll } from '@/lib/contrib/auth/permissions/decisions';

/** What somebody may let a token carry, together for each app; `perm` is `app.codename`. */
export type OfferedPermissions = { app: string; permissions: { perm: string; name: string }[] }[];

/** All that a person holds, which is what their tokens may carry, app after app. */
export async function offeredPermissions(user: User): Promise<OfferedPermissions> {
  const { permissions } = await explainAll(user);
  const apps = new Map<string, { perm: string; name: string }[]>();
  for (const { perm, name } of permissions) {
    const [app = ''] = perm.split('.', 1);
    apps.set(app, [...(apps.get(app) ?? []), { perm, name }]);
  }
  return [...apps].map(([app, held]) => ({ app, permissions: held }));
}
