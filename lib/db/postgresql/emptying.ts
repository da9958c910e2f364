/**
 * The statements that leave nothing in a schema, which is made if need be, but what belongs to an
 * extension: a role that may drop neither the schema nor `pg_trgm` can run them, and what other schemas
 * have of that stays. They fail where something outside the schema needs a thing in it. `tables`, the
 * statements that will make the tables anew, tells whether and where they want `pg_trgm`.
 * Django: sqlflush, which leaves the tables
 */
export function emptyingScript(schema: string, tables: string): string {
  const trigrams = / USING gin .*?((?:"(?:[^"]|"")+"|\w+))\.gin_trgm_ops/.exec(tables)?.[1];
  return [
    EMPTYING.replaceAll(':schema', () => literal(schema)),
    ...(trigrams ? [`CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA ${trigrams};`] : []),
  ].join('\n');
}

// All of a kind in one statement, in which they may need each other; 'e' is what an extension has
// brought, 'i' what goes with something else.
const EMPTYING = `SET client_min_messages = warning;
DO $emptying$
DECLARE
  found record;
BEGIN
  IF to_regnamespace(quote_ident(:schema)) IS NULL THEN
    EXECUTE format('CREATE SCHEMA %I', :schema);
  END IF;
  FOR found IN
    WITH things AS (
      SELECT 'pg_class'::regclass AS catalogue, oid, relnamespace AS place, oid::regclass::text AS name,
        CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
          WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
      FROM pg_class WHERE relkind IN ('v', 'm', 'f', 'S', 'r', 'p')
      UNION ALL
      SELECT 'pg_proc'::regclass, oid, pronamespace, oid::regprocedure::text, 'ROUTINE' FROM pg_proc
      UNION ALL
      SELECT 'pg_type'::regclass, oid, typnamespace, oid::regtype::text,
        CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END
      FROM pg_type WHERE typtype IN ('d', 'e', 'r')
        OR EXISTS (SELECT FROM pg_class WHERE pg_class.oid = typrelid AND relkind = 'c')
    )
    SELECT kind, string_agg(name, ', ') AS names FROM things
    WHERE place = to_regnamespace(quote_ident(:schema)) AND NOT EXISTS (
      SELECT FROM pg_depend
      WHERE classid = catalogue AND objid = things.oid AND deptype IN ('e', 'i')
    )
    GROUP BY kind
    ORDER BY array_position(ARRAY['MATERIALIZED VIEW', 'VIEW', 'FOREIGN TABLE', 'TABLE',
      'SEQUENCE', 'ROUTINE', 'DOMAIN', 'TYPE'], kind)
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s', found.kind, found.names);
  END LOOP;
END $emptying$;`;

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
