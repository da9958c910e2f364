import { settings } from '@/lib/conf/settings';
import { type CsvRow, parseCsv, UnreadableFile } from './parse-csv';

/** A file that could be read: the names of its columns, and its rows, each with as many cells. */
export type CsvFile = { name: string; header: string[]; rows: CsvRow[] };

// As browsers call it; those of Windows say what opens it, some say nothing.
const TYPES = [
  'text/csv',
  'application/csv',
  'text/plain',
  'application/vnd.ms-excel',
  'application/octet-stream',
  '',
];

const LONGEST_NAME = 200;

/**
 * Read a file that somebody sent: CSV in UTF-8, with a mark of byte order or without, a header row and
 * commas, as the export writes it. How large it may be, settings.DATA_UPLOAD_MAX_MEMORY_SIZE says
 * before it is read; settings.IMPORT_MAX_ROWS, how many rows it may have.
 * Throws UnreadableFile, with a sentence for the person, for anything else.
 */
export async function readFile(sent: FormDataEntryValue | null): Promise<CsvFile> {
  if (!sent || typeof sent === 'string' || (sent.size === 0 && sent.name === '')) {
    throw new UnreadableFile('Choose a file.');
  }
  if (sent.size === 0) throw new UnreadableFile('The file is empty.');
  const type = sent.type.replace(/;.*/s, '').trim().toLowerCase();
  if (!TYPES.includes(type) || !/\.csv$/i.test(sent.name)) {
    throw new UnreadableFile('Send a CSV file, with a name that ends in .csv.');
  }
  const text = decode(new Uint8Array(await sent.arrayBuffer()));
  const [head, ...rows] = parseCsv(text, settings.IMPORT_MAX_ROWS + 1);
  if (!head) throw new UnreadableFile('The file is empty.');
  const header = head.cells.map((cell) => cell.trim());
  refuseOtherSeparators(header);
  if (rows.length === 0) throw new UnreadableFile('The file has a header and no rows.');
  const odd = rows.find(({ cells }) => cells.length !== header.length);
  if (odd) {
    throw new UnreadableFile(
      `Line ${odd.line} has ${countOf(odd.cells.length, 'value')}, the header has ${countOf(header.length, 'column')}.`,
    );
  }
  return { name: shortened(sent.name), header, rows };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableFile('The file is not UTF-8: save it as “CSV UTF-8”.');
  }
}

function refuseOtherSeparators(header: readonly string[]): void {
  const [only = ''] = header;
  const other = header.length === 1 ? /[;\t]/.exec(only)?.[0] : undefined;
  if (other === undefined) return;
  const name = other === ';' ? 'semicolons' : 'tabs';
  throw new UnreadableFile(`The values are divided by ${name}: save the file with commas.`);
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function shortened(name: string): string {
  return [...name.replaceAll(/\p{Cc}/gu, '')].slice(-LONGEST_NAME).join('');
}
