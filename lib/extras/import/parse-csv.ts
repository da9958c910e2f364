/** One line of a file, and where it begins: the first line of the file is 1. */
export type CsvRow = { line: number; cells: string[] };

/** What is wrong with a file as a whole, in a sentence. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
}

/** The sentence of an UnreadableFile; throws any other error. */
export function unreadableWords(error: unknown): string {
  if (error instanceof UnreadableFile) return error.message;
  throw error;
}

/**
 * The lines of a CSV file: values between commas, in quotes or without, quotes doubled inside quotes, a
 * line ends with CR LF, LF or CR. Empty lines are left out. Throws UnreadableFile, with the line, for
 * quotes that are broken, and once there are more than `most` lines.
 * RFC 4180
 */
export function parseCsv(text: string, most: number): CsvRow[] {
  const rows: CsvRow[] = [];
  const at = { place: 0, line: 1 };
  while (at.place < text.length) {
    const { line } = at;
    const cells = readLine(text, at);
    if (cells.length === 1 && cells[0] === '') continue;
    if (rows.length === most) {
      throw new UnreadableFile(
        `The file has more than ${(most - 1).toLocaleString('en')} rows: divide it.`,
      );
    }
    rows.push({ line, cells });
  }
  return rows;
}

type Place = { place: number; line: number };

function readLine(text: string, at: Place): string[] {
  const cells: string[] = [];
  for (;;) {
    cells.push(text[at.place] === '"' ? readQuoted(text, at) : readBare(text, at));
    const end = text[at.place];
    if (end === ',') {
      at.place += 1;
      continue;
    }
    if (end === '\r' && text[at.place + 1] === '\n') at.place += 1;
    at.place += 1;
    at.line += 1;
    return cells;
  }
}

const BARE = /[^",\r\n]*/y;

function readBare(text: string, at: Place): string {
  BARE.lastIndex = at.place;
  const [cell = ''] = BARE.exec(text) ?? [];
  at.place += cell.length;
  if (text[at.place] === '"') throw broken(at.line, 'A quote stands in the middle of a value');
  return cell;
}

function readQuoted(text: string, at: Place): string {
  const start = at.place + 1;
  const close = closingQuote(text, start);
  if (close < 0) throw broken(at.line, 'A quote is opened and not closed');
  const cell = text.slice(start, close);
  const { line } = at;
  at.place = close + 1;
  at.line += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
  const next = text[at.place];
  if (next !== undefined && !',\r\n'.includes(next)) {
    throw broken(line, 'Something stands behind a closed quote');
  }
  return cell.replaceAll('""', '"');
}

// By hand: an expression would try each end of a value that is as long as the file.
function closingQuote(text: string, start: number): number {
  let close = text.indexOf('"', start);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close;
}

function broken(line: number, what: string): UnreadableFile {
  return new UnreadableFile(
    `Line ${line} cannot be read. ${what}: write a quote inside a value twice.`,
  );
}
