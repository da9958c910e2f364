import { describeAdoptedHashes } from '@/lib/contrib/auth/management/adopted-hashes';
import {
  createPermissions,
  stalePermissions,
} from '@/lib/contrib/auth/management/create-permissions';
import { createContentTypes, staleContentTypes } from '@/lib/contrib/contenttypes/management';
import {
  type Command,
  CommandError,
  type CommandIo,
  parseCommandArgs,
} from '@/lib/core/management/base';
import { restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import { adoptDjangoDatabase, applyMigrations, markRolledBack } from '@/lib/db/migrations/migrate';
import { migrationNames } from '@/lib/db/migrations/migration-files';
import { laggingSequences, lagText } from '@/lib/db/sequences';

/**
 * Apply the migrations, then make the content types and permissions that are missing and name the
 * stale ones. A database that Django made is verified and adopted first. Where a sequence is behind
 * the ids of its table, as after a restore, no row can be added: that is said instead.
 * Django: core/management/commands/migrate.py and its post_migrate receivers
 */
export const command: Command = {
  name: 'migrate',
  usage: '[--rolled-back NAME]',
  help: 'Brings the database up to date: tables, content types, permissions.',
  async run(args, io) {
    const { values } = parseCommandArgs({ args, options: { 'rolled-back': { type: 'string' } } });
    const repaired = values['rolled-back'];
    if (repaired !== undefined) {
      await markRolledBack(repaired);
      io.out(`Marked ${repaired} as rolled back.`);
      return 0;
    }
    const isAdopted = await adoptDjangoDatabase();
    if (isAdopted) io.out(`Adopted Django's tables: ${migrationNames()[0]} is marked as applied.`);
    const applied = await applyMigrations();
    for (const name of applied) io.out(`Applied ${name}.`);
    if (applied.length === 0) io.out('No migrations to apply.');
    for (const name of await restoreListIndexes()) io.out(`Made ${name} again.`);
    await refuseLaggingSequences(io);
    await createRows(io);
    if (isAdopted) for (const line of await describeAdoptedHashes()) io.out(line);
    return 0;
  },
};

async function refuseLaggingSequences(io: CommandIo): Promise<void> {
  const lagging = await laggingSequences();
  if (lagging.length === 0) return;
  for (const sequence of lagging) io.err(lagText(sequence));
  const remedies = lagging.map(({ remedy }) => `  ${remedy}`);
  throw new CommandError(['Run this in the database, then migrate again:', ...remedies].join('\n'));
}

async function createRows(io: CommandIo): Promise<void> {
  for (const { appLabel, model } of await createContentTypes()) {
    io.out(`Added content type ${appLabel}.${model}.`);
  }
  const permissions = await createPermissions();
  if (permissions.length > 0) io.out(`Added ${permissions.length} permissions.`);
  for (const { appLabel, model, permissionCount } of await staleContentTypes()) {
    io.out(
      `Stale: no model ${appLabel}.${model} is declared any more; its content type and ${permissionCount} permissions are kept.`,
    );
  }
  for (const { appLabel, codename } of await stalePermissions()) {
    io.out(
      `Stale: no model declares ${appLabel}.${codename} any more; it is kept and still grants.`,
    );
  }
}
