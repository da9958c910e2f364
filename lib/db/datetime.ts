/**
 * A time as Django writes it into SQLite: `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, and without the
 * fraction on a whole second. Texts in this one form sort and compare as the times do, beside
 * Django's own rows.
 * Django: django/db/backends/sqlite3/operations.py adapt_datetimefield_value
 */
export function formatSqliteDateTime(time: Date): string {
  const text = time.toISOString().replace('T', ' ');
  return text.endsWith('.000Z') ? text.slice(0, -5) : text.replace('Z', '000');
}

/**
 * The same text in ISO 8601 with its zone, so that nobody reads it as local time. A text with a
 * zone of its own, such as Prisma's migration table has, comes back as it is.
 * Django: django/db/backends/sqlite3/operations.py convert_datetimefield_value
 */
export function isoFromSqliteDateTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?$/.exec(text);
  return match ? `${match[1]}T${match[2] ?? '00:00'}Z` : text;
}
