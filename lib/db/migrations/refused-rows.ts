import { brought } from '@/lib/apps/registry';
import { type SiteUsers, usersOfSettings } from './site-users';

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /**
     * The rows of another application that a table of the app's could not hold, a sentence each that says
     * what to do: where there are some, the database of a Django is not adopted. Reads, and writes nothing.
     */
    readonly refusedRows?: readonly ((users: SiteUsers) => Promise<string[]>)[];
  }
}

/**
 * What the installed apps say of rows that keep a database from being adopted: a sentence each, none where
 * all can stay. `users` is where people are, as the settings say unless told.
 * Django: no counterpart; its migrations fail on such rows
 */
export async function refusedRows(users = usersOfSettings()): Promise<string[]> {
  const found: string[] = [];
  for (const look of brought('refusedRows')) found.push(...(await look(users)));
  return found;
}
