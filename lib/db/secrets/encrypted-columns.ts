import { brought } from '@/lib/apps/registry';
import { Registry } from '@/lib/core/registry';

/** A column that `encryptColumn` writes; names as the database has them. */
export type EncryptedColumn = {
  /** `table.column`, for people. */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** The whole number by which rows are told apart. */
  readonly id: string;
  /** The column whose value, as text, is the `rowKey`. */
  readonly rowKey: string;
  readonly purpose: string;
};

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Columns of the app's own tables that `encryptColumn` writes. */
    readonly encryptedColumns?: readonly Omit<EncryptedColumn, 'name'>[];
  }
}

const registry = new Registry<EncryptedColumn>();

/**
 * Make a column known to `manage rotatecolumns` and `manage check --deploy`. For tests; an app's
 * config lists its own. Returns what puts the former state back.
 */
export function registerEncryptedColumn(column: Omit<EncryptedColumn, 'name'>): () => void {
  return registry.register(named(column));
}

/** Every column that the installed apps have named. */
export function encryptedColumns(): EncryptedColumn[] {
  return registry.list(brought('encryptedColumns').map(named));
}

function named(column: Omit<EncryptedColumn, 'name'>): EncryptedColumn {
  return { ...column, name: `${column.table}.${column.column}` };
}
