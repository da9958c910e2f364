import { settings } from '@/lib/conf/settings';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { closeDb, databaseProvider } from '@/lib/db/client';
import { runPostgresqlTool } from '@/lib/db/postgresql/dump';
import { restoreSqlite } from '@/lib/db/sqlite/backup';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';

/**
 * Put what `backup` wrote in the place of the database. On SQLite the former one is kept beside it; on
 * PostgreSQL it is all one transaction, and what stood there is gone.
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
    if (!values.noinput) {
      const answer = await io.prompt(`Put ${file} in the place of the database? Type "yes": `);
      if (answer.trim() !== 'yes') throw new CommandError('Nothing was changed.');
    }
    if (databaseProvider() === 'sqlite') {
      await closeDb();
      const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
      const kept = restoreSqlite(file, sqlitePath(), stamp);
      if (kept !== null) io.out(`The former database is ${kept}.`);
    } else {
      runPostgresqlTool('pg_restore', settings.DATABASE_URL, [
        ...['--clean', '--if-exists', '--no-owner', '--no-privileges', '--single-transaction'],
        ...['--exit-on-error', `--dbname=${databaseName(settings.DATABASE_URL)}`, file],
      ]);
    }
    io.out(`Restored ${file}. Run \`npm run manage -- migrate\` if it is older than the code.`);
    return 0;
  },
};

function databaseName(address: string): string {
  const [base = ''] = address.split('?');
  return decodeURIComponent(base.slice(base.lastIndexOf('/') + 1));
}
