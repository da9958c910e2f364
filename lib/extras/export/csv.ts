// What a spreadsheet takes for the beginning of a formula, also in full width.
const SIGN = '=+\\-@＝＋－＠';
// What it skips before one: blanks, what nobody sees, and quotes that it takes for its own.
const SKIPPED = '\\s\\p{Cc}\\p{Cf}"';
// Apostrophes before it count too: what has one already gets another, so that one can be taken away.
const FORMULA = new RegExp(`^'*(?:[${SKIPPED}]*[${SIGN}]|[\\t\\r\\n])`, 'u');

// Where the locale's separator is no comma, the quotes around a value mean nothing but at the start
// of a line: there it is split at what separates, and each piece is a cell.
const SPLIT = `(?<=[;\\t\\n\\r\\v\\f\\u0085\\u2028\\u2029][${SKIPPED}]*)`;
const SPLIT_FORMULA = new RegExp(`${SPLIT}(?='*[${SIGN}])`, 'gu');
const SPLIT_GUARD = new RegExp(`${SPLIT}'(?='*[${SIGN}])`, 'gu');

/** A text, or the digits of a number: one below zero is no formula, whatever reads it. */
export type CsvValue = string | { number: string };

/**
 * One line of a CSV file (RFC 4180), every value in quotes. What a spreadsheet would run as a formula
 * gets an apostrophe before it, which shows it as text: at the start of a value, and wherever a
 * spreadsheet might split it, at a semicolon, a tab or the end of a line.
 * OWASP: CSV Injection
 */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map((value) => `"${csvText(value).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** A value as it stands between the quotes, but for those that are doubled. */
export function csvText(value: CsvValue): string {
  if (typeof value !== 'string') return value.number;
  const pieces = value.replace(SPLIT_FORMULA, "'");
  return FORMULA.test(value) ? `'${pieces}` : pieces;
}

/** The text that `csvText` wrote so: without the apostrophes that it put before formulas. */
export function unguarded(shown: string): string {
  const text = shown.replace(SPLIT_GUARD, '');
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}
