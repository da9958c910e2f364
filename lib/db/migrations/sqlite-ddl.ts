import { decimalText } from '@/lib/db/sqlite/decimal-text';

/**
 * The statements of Prisma's engine for SQLite with the types that keep every value as it is: what
 * SQLite would make a float of is text, as decimals and the numbers in Json are, and a BigInt id is
 * SQLite's own, which gives out numbers.
 * Django: django/db/backends/sqlite3/base.py DatabaseWrapper.data_types
 */
export function withExactTypes(sql: string): string {
  return sql
    .replace(/^(\s+"\w+" |.* ADD COLUMN {5}"\w+" )DECIMAL\b(.*)$/gm, (_, start, rest) => {
      const told = String(rest).replace(
        /\bDEFAULT '?(-?[\d.]+(?:e[+-]?\d+)?)'?/i,
        (_default, number) => `DEFAULT '${decimalText(String(number))}'`,
      );
      return `${start}DECIMALTEXT${told}`;
    })
    .replace(/^(\s+"\w+" |.* ADD COLUMN {5}"\w+" )JSONB\b(.*)$/gm, (_, start, rest) => {
      // The engine forgets the quotes of a default.
      const told = String(rest).replace(/\bDEFAULT ([^'].*?)(,?)$/, (_default, text, end) => {
        return `DEFAULT '${String(text).replaceAll("'", "''")}'${end}`;
      });
      return `${start}JSONTEXT${told}`;
    })
    .replace(
      /^(\s+"\w+" )BIGINT NOT NULL PRIMARY KEY(?: AUTOINCREMENT)?/gm,
      '$1INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT',
    );
}
