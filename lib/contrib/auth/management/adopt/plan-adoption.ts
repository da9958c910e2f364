import { findUserModel } from '@/lib/contrib/auth/users/user-model';
import { CommandError } from '@/lib/core/management/base';
import { laggingSequences, lagText } from '@/lib/db/catalogue/sequences';
import { differencesFromDjango } from '@/lib/db/migrations/adoption';
import { migrationState } from '@/lib/db/migrations/migration-history';
import { refusedRows } from '@/lib/db/migrations/refused-rows';
import { type SiteUsers, usersOfDatabase } from '@/lib/db/migrations/site-users';
import { describeSiteUsers, type SiteUserModel, type Told } from './site-user-model';

/** Where a site's people are, and their model as it is to be written; null for one that is known here. */
export type Adoption = { readonly users: SiteUsers; readonly site: SiteUserModel | null };

/**
 * What `adopt` is to do with the current database. Throws CommandError with a sentence for whatever
 * would stop it on the way. Writes nothing.
 */
export async function planAdoption(told: Told): Promise<Adoption> {
  const users = await usersOfDatabase();
  if (!(await migrationState()).isAdoptable || !users) {
    throw new CommandError(
      'DATABASE_URL names no database that a Django has made and nobody adopted yet.',
    );
  }
  refuse(
    'These are not tables as Django 3.2 to 6.0 makes them. Nothing was changed.',
    await differencesFromDjango(users),
  );
  refuse('Put this right, then adopt again. Nothing was changed.', await refusedRows(users));
  const lagging = await laggingSequences(users);
  refuse(
    'Run this in the database, then adopt again. Nothing was changed.',
    lagging.flatMap((sequence) => [`-- ${lagText(sequence)}`, sequence.remedy]),
  );
  const isKnown = findUserModel()?.table === users.table;
  return { users, site: isKnown ? null : await describeSiteUsers(users, told) };
}

function refuse(reason: string, details: readonly string[]): void {
  if (details.length === 0) return;
  throw new CommandError([reason, ...details.map((detail) => `  ${detail}`)].join('\n'));
}
