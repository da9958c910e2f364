import { findUserModel } from '@/lib/contrib/auth/users/user-model';
import type { SiteUsers } from '@/lib/db/migrations/site-users';

/** Where people are kept by `settings.AUTH_USER_MODEL`; null while it names no model that is installed. */
export function siteUsers(): SiteUsers | null {
  const model = findUserModel();
  if (!model) return null;
  const { table, groups, userPermissions } = model;
  return { table, groups, userPermissions };
}
