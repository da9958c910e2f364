import type { Viewer } from '@/lib/apps/define-config';

/** Whether somebody is beyond the rules: an active superuser. */
export function isOmnipotent({ isActive, isSuperuser, attenuation }: Viewer): boolean {
  return isActive && isSuperuser && attenuation === null;
}
