import { type DbClient, databaseProvider, Prisma } from '@/lib/db/client';

/**
 * What the database's catalogue says of a table: `column username` is `varchar(150) not null`,
 * `unique (user_id, group_id)` is `on every row`, `foreign key (user_id)` is what it refers to. In
 * the database's own words, without names of constraints, plain indexes, defaults and the order of
 * columns. Empty if there is no such table.
 */
export type TableDescription = ReadonlyMap<string, string>;

type Fact = { part: string; state: string };

/** Describe one table of the current database, as the text of its catalogue has it. */
export async function describeTable(
  client: DbClient,
  table: string,
  kind: 'permanent' | 'temporary',
): Promise<TableDescription> {
  const query = databaseProvider() === 'sqlite' ? sqliteFacts : postgresqlFacts;
  const facts = await client.$queryRaw<Fact[]>(query(table, kind === 'temporary'));
  const described = new Map<string, string>();
  for (const { part, state } of facts) {
    // Two keys on one column: the second may delete where the first does not.
    const other = described.get(part);
    described.set(part, other && other !== state ? `${other} and ${state}` : state);
  }
  return described;
}

function sqliteFacts(table: string, isTemporary: boolean): Prisma.Sql {
  const schema = isTemporary ? 'temp' : 'main';
  const catalogue = Prisma.raw(`${schema}.sqlite_master`);
  return Prisma.sql`
    SELECT 'column ' || name AS part,
      lower(type) || CASE WHEN "notnull" THEN ' not null' ELSE ' null' END ||
      CASE WHEN pk AND EXISTS (SELECT 1 FROM ${catalogue}
        WHERE name = ${table} AND upper(sql) LIKE '%PRIMARY KEY AUTOINCREMENT%')
      THEN ', numbered without reuse' ELSE '' END AS state
    FROM pragma_table_info(${table}, ${schema})
    UNION ALL
    SELECT 'primary key (' || name || ')', 'on every row'
    FROM pragma_table_info(${table}, ${schema}) WHERE pk
    UNION ALL
    SELECT 'unique (' || (SELECT group_concat(coalesce(name, 'an expression') ||
        CASE coll WHEN 'BINARY' THEN '' ELSE ' collate ' || lower(coll) END, ', ')
      FROM pragma_index_xinfo(list.name, ${schema}) WHERE "key") || ')',
      CASE WHEN partial THEN 'on some rows' ELSE 'on every row' END
    FROM pragma_index_list(${table}, ${schema}) AS list WHERE "unique" AND origin <> 'pk'
    UNION ALL
    SELECT 'foreign key (' || "from" || ')', 'to ' || "table" || ' (' || coalesce("to", 'id') ||
      ') on delete ' || lower(on_delete) || ' on update ' || lower(on_update)
    FROM pragma_foreign_key_list(${table}, ${schema})`;
}

function postgresqlFacts(table: string, isTemporary: boolean): Prisma.Sql {
  const schema = isTemporary ? 'pg_temp.' : '';
  const oid = Prisma.sql`to_regclass(${schema} || quote_ident(${table}))`;
  return Prisma.sql`
    SELECT 'column ' || attname AS part,
      format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE ' null' END ||
      CASE WHEN attidentity <> '' OR pg_get_expr(adbin, adrelid) LIKE 'nextval(%'
      THEN ', numbered without reuse' ELSE '' END AS state
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid = ${oid} AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT CASE WHEN indisprimary THEN 'primary key ' ELSE 'unique ' END ||
      substring(pg_get_indexdef(indexrelid) FROM ' USING btree ([(].*)$'), 'on every row'
    FROM pg_index WHERE indrelid = ${oid} AND indisunique
    UNION ALL
    SELECT 'foreign key (' || (SELECT string_agg(attname, ', ') FROM pg_attribute
        WHERE attrelid = conrelid AND attnum = ANY (conkey)) || ')',
      'to ' || target.relname || ' (' || (SELECT string_agg(attname, ', ') FROM pg_attribute
        WHERE attrelid = confrelid AND attnum = ANY (confkey)) || ') on delete ' || ${actionOf('confdeltype')} ||
      ' on update ' || ${actionOf('confupdtype')} ||
      CASE WHEN condeferrable AND condeferred THEN ' checked at commit' ELSE ' checked at once' END
    FROM pg_constraint JOIN pg_class AS target ON target.oid = confrelid
    WHERE conrelid = ${oid} AND contype = 'f'`;
}

function actionOf(column: 'confdeltype' | 'confupdtype'): Prisma.Sql {
  return Prisma.sql`CASE ${Prisma.raw(column)} WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict'
    WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' ELSE 'set default' END`;
}
