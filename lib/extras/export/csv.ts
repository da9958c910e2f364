// What a spreadsheet takes for the beginning of a formula, also in full width.
const SIGN = '=+\\-@＝＋－＠';
// What it skips before one: blanks, what nobody sees, and quotes that it takes for its own.
const SKIPPED = '\\s\\p{Cc}\\p{Cf}"';
const FORMULA = new RegExp(`^[${SKIPPED}]*[${SIGN}]|^[\\t\\r\\n]`, 'u');

// Where the locale's separator is no comma, the quotes around a value mean nothing but at the start
// of a line: there it is split at what separates, and each piece is a cell.
const SPLIT_FORMULA = new RegExp(
  `(?<=[;\\t\\n\\r\\v\\f\\u0085\\u2028\\u2029][${SKIPPED}]*)(?=[${SIGN}])`,
  'gu',
);

/** A text, or the digits of a number: one below zero is no formula, whatever reads it. */
export type CsvValue = string | { number: string };

/**
 * One line of a CSV file (RFC 4180), every value in quotes. What a spreadsheet would run as a formula
 * gets an apostrophe before it, which shows it as text: at the start of a value, and wherever a
 * spreadsheet might split it, at a semicolon, a tab or the end of a line.
 * OWASP: CSV Injection
 */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

function csvValue(value: CsvValue): string {
  if (typeof value !== 'string') return `"${value.number}"`;
  const text = value;
  const pieces = text.replace(SPLIT_FORMULA, "'");
  const shown = FORMULA.test(text) ? `'${pieces}` : pieces;
  return `"${shown.replaceAll('"', '""')}"`;
}
