import type { Viewer } from '@/lib/apps/define-config';
import { brought } from '@/lib/apps/registry';

/** What the page of a 403 says that somebody can do about it, and where. */
export type ForbiddenPart = {
  readonly text: string;
  readonly link: { readonly href: string; readonly label: string };
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What whoever is refused can do for want of these permissions; null where it is nothing. */
    readonly forbiddenParts?: readonly ((
      user: Viewer,
      missing: readonly string[],
    ) => Promise<ForbiddenPart | null>)[];
  }
}

/**
 * What apps say to whoever is refused, in the order of the apps; `missing` are the permissions that
 * were asked and that they do not hold. Nothing to whoever acts as somebody.
 * Django: no counterpart; handler403
 */
export async function forbiddenParts(
  user: Viewer,
  missing: readonly string[],
): Promise<ForbiddenPart[]> {
  if (user.impersonator || missing.length === 0) return [];
  const parts: ForbiddenPart[] = [];
  for (const tell of brought('forbiddenParts')) {
    const part = await tell(user, missing);
    if (part) parts.push(part);
  }
  return parts;
}
