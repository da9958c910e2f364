import type { PermissionName } from '@/lib/apps/installed';
import { brought } from '@/lib/apps/registry';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Permissions of the app by which somebody gets power over other people's accounts or rights. */
    readonly powerfulPermissions?: readonly PermissionName[];
  }
}

/** Django's own: whoever holds one makes or changes who may do what. */
export const ACCOUNT_PERMISSIONS: readonly PermissionName[] = [
  'auth.add_user',
  'auth.change_user',
  'auth.delete_user',
  'auth.add_group',
  'auth.change_group',
  'auth.delete_group',
];

/**
 * The permissions, `app.codename`, that are marked where groups and people are listed, in the order of
 * the apps.
 * Django: no counterpart
 */
export function powerfulPermissions(): readonly PermissionName[] {
  return brought('powerfulPermissions');
}
