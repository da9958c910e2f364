import { capfirst } from '@/lib/core/text';
import type { TableDescription } from './adoption-catalogue';

/** A column as the catalogue has it; `type` is the database's own word. */
export type DescribedColumn = {
  readonly column: string;
  readonly type: string;
  readonly isRequired: boolean;
};

/**
 * The columns of a table that was described, in the table's order.
 * Django: db/backends/base/introspection.py get_table_description
 */
export function describedColumns(described: TableDescription): DescribedColumn[] {
  return [...described].flatMap(([part, state]) => {
    const [, column] = /^column (.+)$/.exec(part) ?? [];
    if (column === undefined) return [];
    const [, type = state, nullness] = /^(.*?) (not null|null)\b/.exec(state) ?? [];
    return [{ column, type, isRequired: nullness === 'not null' }];
  });
}

/**
 * What a column is called in TypeScript: `is_active` is `isActive`. What no name can have is taken for an
 * underscore, and letters for those of ASCII: `größe in m²` is `groEInM2`, `2nd` and `constructor` get an f.
 * Django: core/management/commands/inspectdb.py normalize_col_name
 */
export function fieldName(column: string): string {
  const plain = column
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z\d]+/gi, '_')
    .replace(/_$/, '');
  const name = plain.replace(/_([a-z\d])/gi, (_, letter: string) => letter.toUpperCase());
  const free = name.charAt(0).toLowerCase() + name.slice(1);
  // Prisma's client takes a row with a field `constructor` for no row, and leaves its numbers undecoded.
  return /^[a-z]/.test(free) && free !== 'constructor' ? free : `f${capfirst(name)}`;
}

/**
 * The same for all columns of a table, by column, no name twice: what would be called as one before it gets
 * a number.
 * Django: core/management/commands/inspectdb.py, its used_column_names
 */
export function fieldNames(columns: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    columns.map((column) => {
      const name = fieldName(column);
      let free = name;
      for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}${number}`;
      taken.add(free.toLowerCase());
      return [column, free];
    }),
  );
}
