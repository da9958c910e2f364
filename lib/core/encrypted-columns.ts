import { Registry } from './registry';

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

const registry = new Registry<EncryptedColumn>();

/**
 * Make a column known to `manage rotatecolumns` and `manage check --deploy`; an app's config lists
 * its own. Returns what puts the former state back.
 */
export function registerEncryptedColumn(column: Omit<EncryptedColumn, 'name'>): () => void {
  return registry.register({ ...column, name: `${column.table}.${column.column}` });
}

/** Every column that apps have named. */
export function encryptedColumns(): EncryptedColumn[] {
  return registry.list();
}
