import {
  type Command,
  CommandError,
  type CommandIo,
  parseCommandArgs,
} from '@/lib/core/management/base';
import { laggingSequences, lagText } from '@/lib/db/catalogue/sequences';
import { restoreListIndexes } from '@/lib/db/migrations/list-indexes';
import {
  adoptDjangoDatabase,
  applyMigrations,
  fakeMigration,
  markRolledBack,
} from '@/lib/db/migrations/migrate';
import { migrationNames } from '@/lib/db/migrations/migration-files';
import { postMigrate } from '@/lib/db/signals';
// Connects what makes content types and permissions.
import '@/lib/site/app-configs';

/**
 * Apply the migrations, then let the apps make what is missing: content types, permissions. A
 * database that Django made is verified and adopted first. `--fake` records a migration whose tables are
 * there already. Where a sequence is behind the ids of
 * its table, as after a restore, no row can be added: that is said instead.
 * Django: core/management/commands/migrate.py and its post_migrate receivers
 */
export const command: Command = {
  name: 'migrate',
  usage: '[--rolled-back NAME] [--fake NAME]',
  help: 'Brings the database up to date: tables, content types, permissions.',
  async run(args, io) {
    const { values } = parseCommandArgs({
      args,
      options: { 'rolled-back': { type: 'string' }, fake: { type: 'string' } },
    });
    if (values.fake !== undefined) {
      await fakeMigration(values.fake);
      io.out(`Marked ${values.fake} as applied; none of its statements ran.`);
      return 0;
    }
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
    await postMigrate.send({ say: (line) => io.out(line), isAdopted });
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
