// What a spreadsheet takes for the beginning of a formula, also behind blanks and in full width.
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/**
 * One line of a CSV file (RFC 4180), every value in quotes. What a spreadsheet would run as a formula
 * gets an apostrophe before it, which shows it as text.
 * OWASP: CSV Injection
 */
export function csvLine(values: readonly string[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

function csvValue(text: string): string {
  const shown = FORMULA.test(text) ? `'${text}` : text;
  return `"${shown.replaceAll('"', '""')}"`;
}
