import { readFileSync } from 'node:fs';

/**
 * What docs/django-database.md shows a command print, from the line that begins so to the end of its block:
 * for `toMatch`. A line `…` stands for any lines, and numbers may be others. Throws where no block has it.
 */
export function documented(firstLine: string): RegExp {
  const lines = readFileSync('docs/django-database.md', 'utf8').split('\n');
  const first = lines.findIndex((line) => /^ {4}/.test(line) && line.trim().startsWith(firstLine));
  if (first === -1) throw new Error(`The page shows no output that begins with "${firstLine}".`);
  const rest = lines.slice(first);
  const end = rest.findIndex((line) => !/^ {4}/.test(line));
  const shown = rest.slice(0, end).map((line) => line.trim());
  const parts = shown.map((line) => (line === '…' ? '(?:.*\\n)*?' : `${patternOf(line)}\\n`));
  return new RegExp(parts.join(''));
}

function patternOf(line: string): string {
  return line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\d+/g, '\\d+');
}
