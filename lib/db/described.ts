import { settings } from '@/lib/conf/settings';
import { databaseProvider } from './client';
import { schemaOf } from './postgresql/dump';
import { libpqVariables } from './postgresql/libpq';
import { sqlitePath } from './sqlite/sqlite';

/**
 * Which database DATABASE_URL names, for somebody who is about to change it: the file, or name, schema
 * and host, without user and password.
 */
export function describeDatabase(): string {
  if (databaseProvider() === 'sqlite') return sqlitePath();
  const { PGDATABASE, PGHOST = 'this machine', PGPORT } = libpqVariables(settings.DATABASE_URL);
  const host = PGPORT === undefined ? PGHOST : `${PGHOST}:${PGPORT}`;
  return `${PGDATABASE} on ${host}, schema ${schemaOf(settings.DATABASE_URL)}`;
}
