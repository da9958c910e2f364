import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { settings } from '@/lib/conf/settings';
import { type Command, CommandError, parseCommandArgs } from '@/lib/core/management/base';
import { databaseProvider } from '@/lib/db/client';
import { backUpPostgresql } from '@/lib/db/postgresql/dump';
import { backUpSqlite } from '@/lib/db/sqlite/backup';
import { sqlitePath } from '@/lib/db/sqlite/sqlite';

/**
 * Copy the database as it is at one moment, while the site goes on. On SQLite the file is a database
 * again, on PostgreSQL an archive of `pg_dump` with its schema. As secret as the database: its owner
 * alone reads it.
 * Django: none; django-dbbackup: dbbackup
 */
export const command: Command = {
  name: 'backup',
  usage: '[FILE]',
  help: 'Copies the database while the site runs, to FILE or into var/backups/.',
  async run(args, io) {
    const { positionals } = parseCommandArgs({ args, allowPositionals: true });
    if (positionals.length > 1) throw new CommandError('backup takes one FILE at most.', 2);
    const isSqlite = databaseProvider() === 'sqlite';
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const end = isSqlite ? 'sqlite3' : 'dump';
    const file = positionals[0] ?? path.join('var/backups', `gatehouse-${stamp}.${end}`);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if (existsSync(file)) throw new CommandError(`${file} exists already.`);
    if (isSqlite) {
      if (!existsSync(sqlitePath()))
        throw new CommandError(`There is no database at ${sqlitePath()}.`);
      backUpSqlite(sqlitePath(), file);
    } else {
      backUpPostgresql(settings.DATABASE_URL, file);
    }
    io.out(`Wrote ${file}.`);
    return 0;
  },
};
