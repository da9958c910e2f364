import { readPostgresqlAddress } from './address';

/**
 * What an address says, as the variables by which PostgreSQL's own programs are told it. None of them
 * says the schema: `pg_dump` and `pg_restore` go by no search_path.
 * Django: dbshell
 */
export function libpqVariables(address: string): Record<string, string> {
  const { connectionString } = readPostgresqlAddress(address);
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
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
}
