import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { makeMigrations } from '@/lib/db/migrations/make-migrations';

/**
 * Write the next migration for both databases from what changed in prisma/schema.prisma since the
 * last one. `--check` writes nothing and fails if something would be written.
 * Django: core/management/commands/makemigrations.py
 */
export const command: Command = {
  name: 'makemigrations',
  usage: 'NAME | --check',
  help: 'Writes the migration that leads from the last migrated models to prisma/schema.prisma.',
  async run(args, io) {
    const { values, positionals } = parseCommandArgs({
      args,
      options: { check: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [name, ...rest] = positionals;
    if (rest.length > 0) throw new CommandError('One name is enough.', 2);
    if (!values.check && !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
      throw new CommandError('Give the migration a name in snake_case.', 2);
    }
    const files = await makeMigrations(values.check ? null : (name ?? null));
    if (files.length === 0) {
      io.out('No changes detected.');
      return 0;
    }
    for (const { path, sql } of files) {
      io.out(values.check ? `Not migrated yet:\n${sql}` : `Wrote ${path}.`);
    }
    if (values.check) return 1;
    io.out('Read and edit them: Prisma cannot write deferrable keys or Django types.');
    return 0;
  },
};
