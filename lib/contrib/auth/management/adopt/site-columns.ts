import type { UserField } from '@/lib/contrib/auth/users/user-model';
import { db } from '@/lib/db/client';
import { describeTable } from '@/lib/db/migrations/adoption-catalogue';
import { describedColumns, fieldName, fieldNames } from '@/lib/db/migrations/described-columns';

/** A column of a site's user table, with its name in TypeScript; `kind` is null for what no user model holds. */
export type SiteColumn = Omit<UserField, 'kind'> & {
  readonly name: string;
  readonly kind: UserField['kind'] | null;
  /** The database's own word for it. */
  readonly type: string;
  /** The table that it refers to. */
  readonly refersTo: string | null;
};

/**
 * The columns of a table that Django made for a user model, in the table's order; none where there is
 * no such table. Reads the catalogue alone.
 * Django: core/management/commands/inspectdb.py
 */
export async function siteColumns(table: string): Promise<SiteColumn[]> {
  const described = await describeTable(db, table, 'permanent');
  const columns = describedColumns(described);
  const names = fieldNames(columns.map(({ column }) => column));
  return columns.map(({ column, type, isRequired }) => {
    const length = /^(?:varchar|character varying)\((\d+)\)$/.exec(type)?.[1];
    const key = described.get(`foreign key (${column})`);
    return {
      name: names.get(column) ?? fieldName(column),
      column,
      kind: described.has(`primary key (${column})`) ? 'id' : kindOf(type),
      maxLength: length === undefined ? null : Number(length),
      isRequired,
      isUnique: described.get(`unique (${column})`) === 'on every row',
      type,
      refersTo: /^to (\S+)/.exec(key ?? '')?.[1] ?? null,
    };
  });
}

function kindOf(type: string): UserField['kind'] | null {
  if (/^(?:varchar|character varying)\(|^(?:text|citext|character varying|varchar)$/.test(type)) {
    return 'text';
  }
  if (/^(?:big|small)?int(?:eger)?(?: unsigned)?$/.test(type)) return 'integer';
  if (/^bool(?:ean)?$/.test(type)) return 'boolean';
  return /^(?:datetime|timestamp with time zone)$/.test(type) ? 'datetime' : null;
}
