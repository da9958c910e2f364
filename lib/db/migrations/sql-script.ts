// A quoted text or name, a comment, a semicolon, or a run of anything else.
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|;|[^'"/;-]+|[\s\S]/g;

/**
 * The statements of a SQL script, without comments and final semicolons. Semicolons in quotes and
 * in the body of a SQLite trigger do not end a statement. Not for PostgreSQL's dollar quotes.
 */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let current = '';
  for (const [token] of script.matchAll(TOKEN)) {
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    if (token === ';' && !isInTrigger(current)) {
      statements.push(current.trim());
      current = '';
    } else {
      current += token;
    }
  }
  return [...statements, current.trim()].filter((statement) => statement !== '');
}

function isInTrigger(text: string): boolean {
  return /^\s*CREATE\s+(TEMP(ORARY)?\s+)?TRIGGER\b/i.test(text) && !/\bEND\s*$/i.test(text);
}
