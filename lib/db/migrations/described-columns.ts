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
 * What a column is called in TypeScript: `is_active` is `isActive`.
 * Django: core/management/commands/inspectdb.py normalize_col_name
 */
export function fieldName(column: string): string {
  const name = column.replace(/_+([a-z\d])/gi, (_, letter: string) => letter.toUpperCase());
  return /^[a-z]/i.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : `f${capfirst(name)}`;
}
