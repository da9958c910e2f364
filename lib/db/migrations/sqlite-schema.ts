/**
 * The SQLite schema that belongs to a PostgreSQL one: another provider, no native types, and no
 * names on foreign keys, which SQLite cannot have. `schema` is the text that `readSchema` gives; the
 * `output` of its client is led to the SQLite client, and the models' metadata is written once only.
 * Django: none; Django keeps one set of models because its fields know every database.
 */
export function deriveSqliteSchema(schema: string): string {
  return schema
    .replace(/generator meta \{[^}]*\}(\r?\n){2}/, '')
    .replace('provider = "postgresql"', 'provider = "sqlite"')
    .replace('"./postgresql"', '"./sqlite"')
    .replace(/[ \t]+@db\.\w+(?:\(\d+\))?/g, '')
    .replace(/(@relation\([^)]*), map: "[^"]*"\)/g, '$1)');
}
