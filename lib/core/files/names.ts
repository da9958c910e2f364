import { randomInt } from 'node:crypto';
import { SuspiciousFileOperation } from '@/lib/core/exceptions';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
// 12 of 36 letters: nobody guesses which files there are.
const RANDOM_LENGTH = 12;
const LONGEST_STEM = 60;
const LONGEST_NAME = 400;

/**
 * A file's name as its parts: folder with its slash, stem, extension with its dot. A name that begins
 * with a dot is all stem.
 * Django: os.path.split, os.path.splitext
 */
export function splitName(name: string): { folder: string; stem: string; extension: string } {
  const slash = name.lastIndexOf('/') + 1;
  const base = name.slice(slash);
  const dot = base.lastIndexOf('.');
  const end = dot > 0 ? dot : base.length;
  return { folder: name.slice(0, slash), stem: base.slice(0, end), extension: base.slice(end) };
}

/**
 * A name that somebody gave a file, without what a file system, a shell or an address takes for more
 * than a name: letters, digits, `-`, `_` and `.` stay, blanks become `_`. Of a path its last part.
 * Returns '' where nothing is left.
 * Django: utils/text.py get_valid_filename; UploadedFile._set_name
 */
export function getValidFilename(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const kept = base
    .normalize('NFC')
    .trim()
    .replaceAll(/\s/gu, '_')
    .replaceAll(/[^\p{L}\p{N}\p{M}._-]/gu, '')
    .replaceAll(/^\.+|\.+$/g, '');
  return kept;
}

/**
 * The name under which an upload is kept: the folder that the field tells, `%Y`, `%m` and `%d` being
 * those of the day in UTC, the name that it came with, and twelve letters that nobody guesses.
 * Django: FileField.generate_filename; its names are kept where they are free
 */
export function generateFilename(uploadTo: string, sent: string, now = new Date()): string {
  const day = now.toISOString();
  const folder = uploadTo
    .replaceAll('%Y', day.slice(0, 4))
    .replaceAll('%m', day.slice(5, 7))
    .replaceAll('%d', day.slice(8, 10))
    .replace(/\/*$/, '/');
  const { stem, extension } = splitName(getValidFilename(sent));
  const short = [...stem].slice(0, LONGEST_STEM).join('') || 'file';
  const random = randomLetters(RANDOM_LENGTH);
  return `${folder === '/' ? '' : folder}${short}_${random}${extension.toLowerCase()}`;
}

/**
 * The same name with seven letters more, and with `maxLength` that many characters at most: its stem is
 * cut. Throws SuspiciousFileOperation where nothing of the stem would be left.
 * Django: Storage.get_alternative_name, get_available_name
 */
export function getAlternativeName(name: string, maxLength?: number): string {
  const { folder, stem, extension } = splitName(name);
  const tail = `_${randomLetters(7)}${extension}`;
  const room = (maxLength ?? Number.MAX_SAFE_INTEGER) - [...folder, ...tail].length;
  const kept = [...stem].slice(0, Math.max(0, room)).join('');
  if (kept === '') {
    throw new SuspiciousFileOperation('The column is too short for the name of this file.');
  }
  return `${folder}${kept}${tail}`;
}

/**
 * Refuse a name that could lead out of a storage, or that none keeps: an absolute one, one with `..`,
 * an empty part, a backslash, a colon or what cannot be seen. Throws SuspiciousFileOperation.
 * Django: core/files/utils.py validate_file_name; utils/_os.py safe_join
 */
export function validateFileName(name: string): void {
  const parts = name.split('/');
  const isWrong =
    name.length > LONGEST_NAME ||
    parts.some((part) => part === '' || part === '.' || part === '..') ||
    /[\\:\p{Cc}]/u.test(name) ||
    !name.isWellFormed();
  if (isWrong) throw new SuspiciousFileOperation('This is no name of a file.');
}

function randomLetters(count: number): string {
  return Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
