import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/users/user';

/**
 * The admin's home for staff who may do something in it, as settings.STAFF_LOGIN_REDIRECT_URL says.
 * Django: no counterpart; there /admin/login/ leads to the admin
 */
export async function staffLanding(user: User): Promise<string | null> {
  const address = settings.STAFF_LOGIN_REDIRECT_URL;
  if (address === '' || !user.isActive || !user.isStaff) return null;
  if (user.isSuperuser || (await user.getAllPermissions()).size > 0) return address;
  return null;
}
