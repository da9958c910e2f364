import { installedConfigs } from '@/lib/apps/registry';
import type { User } from '@/lib/contrib/auth/models';

/** What can stand in an export: plain data. A moment is given as a Date and written in ISO 8601. */
export type Exported =
  | string
  | number
  | boolean
  | null
  | Date
  | readonly Exported[]
  | { readonly [name: string]: Exported };

/** Tells what an app keeps of a person, to that person: nothing of anybody else's, no hash, no secret. */
type UserExport = (user: User) => Promise<{ readonly [section: string]: Exported }>;

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** What the app keeps of a person, by name of section, for the export that they ask for. */
    readonly userExport?: UserExport;
  }
}

/**
 * All that the installed apps keep of a person: by label of the app, then by section. An app that keeps
 * nothing has no part in it.
 * GDPR, articles 15 and 20; Django: no counterpart
 */
export async function exportOfUser(user: User): Promise<{ [app: string]: Exported }> {
  const exported: { [app: string]: Exported } = {};
  for (const { label, userExport } of installedConfigs()) {
    if (userExport) exported[label] = await userExport(user);
  }
  return exported;
}
