import { ImproperlyConfigured } from '@/lib/core/exceptions';

const SCALARS = 'String|Int|BigInt|Float|Decimal|Boolean|DateTime|Json|Bytes';
const LIST = new RegExp(`^\\s+(\\w+)\\s+(?:${SCALARS})\\[\\]`);
const MADE_BY_POSTGRESQL = /@default\(dbgenerated\("(?:[^"\\]|\\.)*"\)\)/;
const UUID = /@default\(dbgenerated\("(?:gen_random_uuid|uuid_generate_v4)\(\)"\)\)/g;

/**
 * The SQLite schema that belongs to a PostgreSQL one: another provider, no native types, no kinds of
 * index, and no names on foreign and primary keys, which SQLite cannot have. `schema` is the text that
 * `readSchema` gives; the `output` of its client is led to the SQLite client, and the models' metadata
 * is written once only. What the native types say is kept there by `sqliteRules`. Throws
 * ImproperlyConfigured with model and field for a list of values and for a default that only PostgreSQL can make.
 * Django: none; Django keeps one set of models because its fields know every database.
 */
export function deriveSqliteSchema(schema: string): string {
  const derived = schema
    .replace(/generator meta \{[^}]*\}(\r?\n){2}/, '')
    .replace('provider = "postgresql"', 'provider = "sqlite"')
    .replace('"./postgresql"', '"./sqlite"')
    .replace(/[ \t]+@db\.\w+(?:\([^)]*\))?/g, '')
    .replace(/(@relation\([^)]*), map: "[^"]*"\)/g, '$1)')
    .replace(/(@id)\(map: "[^"]*"\)/g, '$1')
    .replace(/(@@id\(\[[^\]]*\]), map: "[^"]*"/g, '$1')
    .replace(/(@@index\(\[[^\]]*\][^)\n]*), type: \w+/g, '$1')
    .replace(UUID, '@default(uuid())');
  refuseWhatSqliteLacks(derived);
  return derived;
}

function refuseWhatSqliteLacks(schema: string): void {
  let model = '';
  for (const line of schema.split('\n')) {
    model = /^model (\w+) /.exec(line)?.[1] ?? model;
    const [, list] = LIST.exec(line) ?? [];
    if (list !== undefined) {
      throw new ImproperlyConfigured(
        `${model}.${list} is a list of values, which SQLite cannot keep: make it Json, or a model of its own.`,
      );
    }
    if (MADE_BY_POSTGRESQL.test(line) && !line.includes('Unsupported(')) {
      const [, field = ''] = /^\s+(\w+)/.exec(line) ?? [];
      throw new ImproperlyConfigured(
        `${model}.${field} has a default that only PostgreSQL can make: use one of Prisma's, such as uuid() or now().`,
      );
    }
  }
}
