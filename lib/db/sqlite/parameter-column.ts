/**
 * The column that a statement compares with, or writes, the parameter at a place, from 0: by its name
 * without a table's. Null where the statement does not tell. For statements as Prisma writes them, with
 * a `?` for each parameter and none in a text.
 */
export function columnOfParameter(sql: string, place: number): string | null {
  const before = sql.split('?').slice(0, place + 1);
  const [head = ''] = before;
  const inserted = /^\s*INSERT\b[^(]*\(([^)]*)\)\s*VALUES\b/i.exec(head);
  if (inserted) {
    const names = [...(inserted[1] ?? '').matchAll(/[`"](\w+)[`"]/g)].map(([, name]) => name);
    return names[place % Math.max(1, names.length)] ?? null;
  }
  // Of a list, what stands before it.
  for (const text of before.toReversed()) {
    const [, name] = /[`"](\w+)[`"][^`"\w]*(?:NOT\s+|IN\s*|LIKE\s*)*\(?\s*$/i.exec(text) ?? [];
    if (name !== undefined) return name;
    if (!/^\s*,\s*$/.test(text)) return null;
  }
  return null;
}
