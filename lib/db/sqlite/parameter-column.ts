/** A column as a statement names it: by itself, and the tables that it may be of; none where any may be. */
export type NamedColumn = { column: string; tables: readonly string[] };

/**
 * The column that a statement compares with, or writes, the parameter at a place, from 0. Null where
 * the statement does not tell. For statements as Prisma writes them, with a `?` for each parameter and
 * none in a text.
 */
export function columnOfParameter(sql: string, place: number): NamedColumn | null {
  const before = sql.split('?').slice(0, place + 1);
  const [head = ''] = before;
  const inserted = /^\s*INSERT\b[^(]*\(([^)]*)\)\s*VALUES\b/i.exec(head);
  if (inserted) {
    const names = [...(inserted[1] ?? '').matchAll(/[`"](\w+)[`"]/g)].map(([, name]) => name);
    const name = names[place % Math.max(1, names.length)];
    return name === undefined ? null : namedColumn(head, name);
  }
  // Of a list, what stands before it.
  for (const text of before.toReversed()) {
    const [, , qualifier, name] =
      /(?:([`"]?)(\w+)\1\.)?[`"](\w+)[`"][^`"\w]*(?:NOT\s+|IN\s*|LIKE\s*)*\(?\s*$/i.exec(text) ??
      [];
    if (name !== undefined) return namedColumn(sql, name, qualifier);
    if (!/^\s*,\s*$/.test(text)) return null;
  }
  return null;
}

/**
 * A column of a statement: of the table that the qualifier names, or of any that the statement does
 * where there is none, or it names what is made of them.
 */
export function namedColumn(sql: string, column: string, qualifier?: string): NamedColumn {
  const found = sql.matchAll(
    /\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:[`"]?\w+[`"]?\.)?[`"]?(\w+)[`"]?(?:\s+AS\s+[`"]?(\w+))?/gi,
  );
  const named = [...found].map(([, table = '', alias = table]) => ({ table, alias }));
  const qualified = named.filter(({ alias }) => alias === qualifier);
  const tables = (qualified.length > 0 ? qualified : named).map(({ table }) => table);
  return { column, tables: [...new Set(tables)] };
}
