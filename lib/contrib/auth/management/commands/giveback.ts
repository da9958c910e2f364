import { settings } from '@/lib/conf/settings';
import { checkStoredHashes } from '@/lib/contrib/auth/passwords/stored-hash-checks';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { transaction } from '@/lib/db/client';
import { giveBackStatements } from '@/lib/db/migrations/give-back';

/**
 * Leave a database to Django alone: print the statements that drop what is ours, with what to know before,
 * or with `--drop` run them in one transaction. Everything that Django has a table for stays as it is.
 * Django: no counterpart
 */
export const command: Command = {
  name: 'giveback',
  usage: '[--drop [--noinput]]',
  help: "Prints what takes our tables out of a Django's database, or takes them out.",
  async run(args, io) {
    const { values } = parseCommandArgs({
      args,
      options: { drop: { type: 'boolean' }, noinput: { type: 'boolean' } },
    });
    const statements = await giveBackStatements();
    if (values.drop !== true) {
      for (const line of await remarks()) io.out(`-- ${line}`);
      for (const statement of statements) io.out(`${statement};`);
      return 0;
    }
    if (values.noinput !== true) {
      const answer = await io.prompt(
        `This drops ${statements.length} things of ours for good. Type 'yes' to go on: `,
      );
      if (answer !== 'yes') throw new CommandError('Nothing was dropped.');
    }
    await transaction(async (tx) => {
      for (const statement of statements) await tx.$executeRawUnsafe(statement);
    });
    io.out(`Dropped ${statements.length} things of ours. Django has its database to itself.`);
    return 0;
  },
};

async function remarks(): Promise<string[]> {
  const hashes = await checkStoredHashes();
  const sessions =
    settings.SESSION_ENGINE === 'django.db'
      ? 'Sessions go on at Django, those that began here too.'
      : 'Sessions that began here end.';
  return [
    "Stop Gatehouse and make a backup first. Django's own tables stay, row by row.",
    sessions,
    ...hashes.map(({ message, hint }) => `${message} ${hint}`),
    'At Django afterwards: python manage.py remove_stale_contenttypes --include-stale-apps',
  ];
}
