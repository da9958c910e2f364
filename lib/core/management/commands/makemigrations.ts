import {
  type Command,
  CommandError,
  type CommandIo,
  parseCommandArgs,
} from '@/lib/core/management/base';
import { makeMigrations, unwrittenMigrations } from '@/lib/db/migrations/make-migrations';

/**
 * Write an app's next migration for both databases from what changed in its models since its last
 * one. `--check` writes nothing and fails if something would be written, of any app.
 * Django: core/management/commands/makemigrations.py
 */
export const command: Command = {
  name: 'makemigrations',
  usage: 'APP NAME | --check',
  help: "Writes the migration from an app's last migrated models to prisma/schema/APP.prisma.",
  async run(args, io) {
    const { values, positionals } = parseCommandArgs({
      args,
      options: { check: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.check) return check(io);
    const [app, name, ...rest] = positionals;
    if (app === undefined || name === undefined || rest.length > 0) {
      throw new CommandError('Name the app and the migration: makemigrations APP NAME.', 2);
    }
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      throw new CommandError('Give the migration a name in snake_case.', 2);
    }
    const files = await makeMigrations(app, name);
    if (files.length === 0) {
      io.out(`No changes detected in ${app}.`);
      return 0;
    }
    for (const { path } of files) io.out(`Wrote ${path}.`);
    io.out('Read and edit them: Prisma cannot write deferrable keys or Django types.');
    return 0;
  },
};

async function check(io: CommandIo): Promise<number> {
  const files = await unwrittenMigrations();
  if (files.length === 0) {
    io.out('No changes detected.');
    return 0;
  }
  for (const { sql } of files) io.out(`Not migrated yet:\n${sql}`);
  return 1;
}
