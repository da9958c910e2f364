import { spawnSync } from 'node:child_process';
import { env } from '@/lib/conf/env';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { readPostgresqlAddress } from './address';

/**
 * Run `pg_dump` or `pg_restore` on the database of an address. The password goes by the environment,
 * where other users of the machine do not see it. Throws ImproperlyConfigured where the program is
 * missing or fails; it has said why on stderr.
 * Django: dbshell
 */
export function runPostgresqlTool(
  program: 'pg_dump' | 'pg_restore',
  address: string,
  args: string[],
): void {
  const { error, status } = spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { NODE_ENV: 'production', ...env.forPrograms(), ...libpqVariables(address) },
  });
  if (error) {
    throw new ImproperlyConfigured(
      `${program} is not installed; it comes with PostgreSQL's client, at least as new as the server.`,
    );
  }
  if (status !== 0) throw new ImproperlyConfigured(`${program} failed; its message is above.`);
}

/** What an address says, as the variables by which PostgreSQL's own programs are told it. */
export function libpqVariables(address: string): Record<string, string> {
  const { connectionString, schema } = readPostgresqlAddress(address);
  const url = new URL(connectionString.replace(/^(\w+:\/\/[^/]*@)(?=\/)/, '$1none'));
  const given = (name: string) => url.searchParams.get(name) ?? '';
  const host = given('host') || url.hostname.replace(/^\[(.*)\]$/, '$1');
  const variables = {
    PGHOST: decodeURIComponent(host),
    PGPORT: given('port') || url.port,
    PGUSER: given('user') || decodeURIComponent(url.username),
    PGPASSWORD: given('password') || decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGSSLMODE: given('sslmode'),
    PGSSLROOTCERT: given('sslrootcert'),
    PGOPTIONS: schema === null ? '' : `-c search_path=${schema}`,
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}
