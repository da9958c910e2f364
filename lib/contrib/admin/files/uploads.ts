import type { Read } from '@/lib/contrib/admin/form/read-column';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import type { Values } from '@/lib/contrib/admin/options';
import { fileProblem } from '@/lib/core/files/file-rules';
import { generateFilename, getAlternativeName } from '@/lib/core/files/names';
import { defaultStorage } from '@/lib/core/files/storage/default-storage';
import { discardFiles } from './discard';
import { type FileMeta, isFile } from './file-fields';

/** A file that somebody sent and that is kept nowhere yet, with the name that it will have. */
export class Upload {
  constructor(
    readonly file: File,
    readonly name: string,
  ) {}
}

/** What a form says of a file: a new one, or that there shall be none; nothing where it stays. */
export type SentFile = { upload?: Upload; isCleared?: boolean; error?: string };

const NOT_SENT = 'No file was submitted. Check the encoding type on the form.';
const CONTRADICTION = 'Please either submit a file or check the clear checkbox, not both.';

// A form is read more than once, and a file has one name.
const named = new WeakMap<File, Upload>();

/**
 * What a form says of a file, whatever is in it: its name is never taken from a text that somebody sent.
 * Django: ClearableFileInput.value_from_datadict
 */
export function sentFile(field: FileMeta, form: FormData): SentFile {
  const sent = form.getAll(field.formName);
  const file = sent.findLast((each): each is File => typeof each !== 'string' && isThere(each));
  const ticked = form.get(`${field.formName}-clear`);
  const isCleared = field.isBlank && typeof ticked === 'string' && ticked !== '';
  if (file) return isCleared ? { error: CONTRADICTION } : { upload: uploadOf(field, file) };
  if (sent.some((each) => typeof each === 'string' && each.trim() !== ''))
    return { error: NOT_SENT };
  return isCleared ? { isCleared } : {};
}

/**
 * Read a field that names a file: an `Upload`, the empty value where it is cleared, `undefined` where it
 * stays.
 * Django: FileField.clean, ImageField.to_python
 */
export async function readFile(field: FileMeta, form: FormData): Promise<Read> {
  const { upload, isCleared, error } = sentFile(field, form);
  const problem = error ?? (upload && (await fileProblem(upload.file, field.file)));
  if (problem) return { error: [problem] };
  return { value: upload ?? (isCleared ? emptyValue(field) : undefined) };
}

/** What a column holds that names no file. */
export function emptyValue({ isRequired }: FileMeta): '' | null {
  return isRequired ? '' : null;
}

/** Values of one row that may be uploads, and its fields. */
export type Uploading = { values: Values; fields: readonly FieldMeta[] };

/**
 * Keep the uploads among these values, each under its name, which takes its place, and do some work.
 * Unless the work says that it is saved, they are deleted again: whatever is rolled back, or refused.
 * Call it outside a transaction, which a storage would hold up.
 * Django: FileField.pre_save, which leaves them behind
 */
export async function keepUploads<T extends { kind: string }>(
  rows: readonly Uploading[],
  work: () => Promise<T>,
): Promise<T> {
  const kept: string[] = [];
  let isSaved = false;
  try {
    for (const { values, fields } of rows) {
      for (const field of fields) {
        const value = values[field.name];
        if (!(value instanceof Upload)) continue;
        values[field.name] = await keep(field, value);
        kept.push(String(values[field.name]));
      }
    }
    const done = await work();
    isSaved = done.kind === 'saved';
    return done;
  } finally {
    if (!isSaved) await discardFiles(kept);
  }
}

/** Keep one upload. Resolves to the name that it has. */
export async function keep(field: FieldMeta, { name, file }: Upload): Promise<string> {
  const storage = await defaultStorage();
  return storage.save(name, file, longest(field));
}

// A browser sends a control in which nothing was chosen as a file without a name, and React's reader calls
// one without a name so.
function isThere({ name, size }: File): boolean {
  return size > 0 || !['', 'undefined'].includes(name);
}

function uploadOf(field: FileMeta, file: File): Upload {
  const known = named.get(file);
  if (known) return known;
  const name = generateFilename(field.file.uploadTo, file.name);
  const { maxLength } = longest(field);
  const isLong = maxLength !== undefined && [...name].length > maxLength;
  const upload = new Upload(file, isLong ? getAlternativeName(name, maxLength) : name);
  named.set(file, upload);
  return upload;
}

function longest(field: FieldMeta): { maxLength?: number } {
  return isFile(field) && field.maxLength !== null ? { maxLength: field.maxLength } : {};
}
