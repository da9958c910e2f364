/** What DATABASE_URL says of PostgreSQL beyond what the driver reads by itself. */
export type PostgresqlAddress = {
  /** For the driver, which knows forms that `URL` does not: `postgres://u:p@/name?host=/socket`. */
  connectionString: string;
  /** Start options, without those that name the schema. */
  options: string;
  /** The schema that the tables stand in; null: PostgreSQL's own choice, `public` for most. */
  schema: string | null;
};

const SEARCH_PATH = /-c\s*search_path\s*=\s*((?:\\.|\S)+)/;

/**
 * Read `?schema=` and `?options=` out of a `postgres://` address: the driver does not know the first,
 * Prisma not the second, and both must ask the same schema.
 * Django: OPTIONS of DATABASES (`-c search_path=…`)
 */
export function readPostgresqlAddress(address: string): PostgresqlAddress {
  const [base = '', query = ''] = address.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const given = parameters.get('options') ?? '';
  const path = SEARCH_PATH.exec(given)?.[1]?.replaceAll('\\', '').split(',')[0];
  const schema = parameters.get('schema') || unquoted(path ?? '') || null;
  for (const name of ['options', 'schema']) parameters.delete(name);
  const rest = parameters.toString().replaceAll('+', '%20');
  return {
    connectionString: rest === '' ? base : `${base}?${rest}`,
    options: given.replace(SEARCH_PATH, '').trim().replace(/ +/g, ' '),
    schema,
  };
}

/** The start option that makes statements of ours find the tables of a schema; '' for none. */
export function searchPathOption(schema: string | null): string {
  if (schema === null) return '';
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  return `-c search_path=${quoted.replace(/[\\ ]/g, '\\$&')}`;
}

/**
 * Why a `postgres://` address cannot be what its author meant, in one sentence, or null. A password
 * with a character that ends it is the usual cause; no part of the address is repeated.
 */
export function addressFault(address: string): string | null {
  const [base = '', query = ''] = address.split(/\?(.*)/s);
  const withHost = base.replace(/^(\w+:\/\/[^/]*@)(?=\/)/, '$1none').replace(/:\/\/\//, '://none/');
  if (!URL.canParse(withHost)) return 'DATABASE_URL cannot be read.';
  const { hash, username, pathname } = new URL(withHost);
  const isCut = hash !== '' || (username === '' && /@/.test(pathname + query));
  return isCut ? 'DATABASE_URL cannot be read as it is meant.' : null;
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
