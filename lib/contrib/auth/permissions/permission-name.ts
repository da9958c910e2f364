import { hasNul } from '@/lib/forms/fields';

/** The two halves of a permission's name. */
export type PermissionParts = { appLabel: string; codename: string };

/**
 * The two halves of `app.codename`: the codename is all after the first dot, dots included. Null for
 * what names no permission: a text without a dot, or with NUL, which PostgreSQL cannot be asked for.
 * Django: contrib/auth/backends.py ModelBackend.with_perm (perm.split('.'))
 */
export function parsePermissionName(perm: string): PermissionParts | null {
  const dot = perm.indexOf('.');
  if (dot < 0 || hasNul(perm)) return null;
  return { appLabel: perm.slice(0, dot), codename: perm.slice(dot + 1) };
}
