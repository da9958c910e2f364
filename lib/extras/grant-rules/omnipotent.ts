import type { AdminUser } from '@/lib/contrib/admin/options';

/** Whether somebody is beyond the rules: an active superuser. */
export function isOmnipotent({ isActive, isSuperuser, attenuation }: AdminUser): boolean {
  return isActive && isSuperuser && attenuation === null;
}
