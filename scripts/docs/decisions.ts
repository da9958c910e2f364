import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const RECORD = /^# (\d+)\. (.+)\n\n(\d{4}-\d\d-\d\d) · (.+)\n/;

/**
 * The index of the decision records. Throws, with the file's name, for a record that does not begin
 * with `# N. Title`, an empty line and `YYYY-MM-DD · status`, or whose number is not its file's.
 */
export function decisionIndex(root: string): string {
  const folder = path.join(root, 'docs/decisions');
  const rows = readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.md$/.test(name))
    .sort()
    .map((name) => {
      const [, number, title, date, status] =
        RECORD.exec(readFileSync(path.join(folder, name), 'utf8')) ?? [];
      if (Number(number) !== Number(name.slice(0, 4))) {
        throw new Error(
          `${name} must begin with "# N. Title", an empty line, "YYYY-MM-DD · status".`,
        );
      }
      return `| ${number} | [${title}](${name}) | ${date} | ${status} |`;
    });
  return [
    '# Decisions',
    '',
    'Each is a decision that somebody might reverse: what was the matter, what was decided, what follows, what was rejected. The index is made by `npm run docs`.',
    '',
    '| | decision | date | status |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
