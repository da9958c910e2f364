import { settings } from '@/lib/conf/settings';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { closeDb, databaseProvider } from '@/lib/db/client';
import { describeDatabase } from '@/lib/db/described';
import { restorePostgresql } from '@/lib/db/postgresql/dump';
import { restoreSqlite } from '@/lib/db/sqlite/backup';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';

/**
 * Put what `backup` wrote in the place of the database, which is named before. On SQLite the former one
 * is kept beside it; on PostgreSQL it is all one transaction, and what stood in the schema is gone.
 * Django: none; django-dbbackup: dbrestore
 */
export const command: Command = {
  name: 'restore',
  usage: 'FILE [--noinput]',
  help: 'Puts a backup in the place of the database.',
  async run(args, io) {
    const { values, positionals } = parseCommandArgs({
      args,
      allowPositionals: true,
      options: { noinput: { type: 'boolean' } },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new CommandError('Name one FILE.', 2);
    const database = describeDatabase();
    if (!values.noinput) {
      const answer = await io.prompt(`Put ${file} in the place of ${database}? Type "yes": `);
      if (answer.trim() !== 'yes') throw new CommandError('Nothing was changed.');
    }
    if (databaseProvider() === 'sqlite') {
      await closeDb();
      const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
      const kept = restoreSqlite(file, sqlitePath(), stamp);
      if (kept !== null) io.out(`The former database is ${kept}.`);
    } else {
      await restorePostgresql(file, settings.DATABASE_URL);
    }
    io.out(`Restored ${file} as ${database}.`);
    io.out('Run `npm run manage -- migrate` if it is older than the code.');
    return 0;
  },
};
