// What a spreadsheet takes for the beginning of a formula, also in full width.
const SIGN = '=+\\-@＝＋－＠';
// What it skips before one: blanks, what nobody sees, and quotes that it takes for its own.
const SKIPPED = '\\s\\p{Cc}\\p{Cf}"';
// Apostrophes before it count too: what has one already gets another, so that one can be taken away.
const FORMULA = new RegExp(`^'*(?:[${SKIPPED}]*[${SIGN}]|[\\t\\r\\n])`, 'u');

// Where the locale's separator is no comma, the quotes around a value mean nothing but at the start
// of a line: there it is split at what separates, and each piece is a cell.
// A run is matched whole and looked at afterwards: an expression that looks ahead or behind tries a
// long run of blanks from each of its ends.
const SEPARATOR = /[;\t\n\r\v\f\u0085\u2028\u2029]/;
const RUN = new RegExp(`([;${SKIPPED}]+)('*)`, 'gu');
const BEGINS_FORMULA = new RegExp(`[${SIGN}]`);

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
  const pieces = atSplits(value, (quotes) => `'${quotes}`);
  return FORMULA.test(value) ? `'${pieces}` : pieces;
}

/** The text that `csvText` wrote so: without the apostrophes that it put before formulas. */
export function unguarded(shown: string): string {
  const text = atSplits(shown, (quotes) => quotes.slice(1));
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

// The apostrophes before each formula that a spreadsheet would find after a separator are others.
function atSplits(text: string, others: (quotes: string) => string): string {
  return text.replace(RUN, (found: string, run: string, quotes: string, at: number) => {
    const isFormula = BEGINS_FORMULA.test(text.charAt(at + found.length));
    return isFormula && SEPARATOR.test(run) ? run + others(quotes) : found;
  });
}
