import type { Read } from '@/lib/contrib/admin/form/read-column';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import { fileProblem, headProblem } from '@/lib/core/files/file-rules';
import { type ParsedForm, refusedField } from '@/lib/forms/forms';
import { discardFiles } from './discard';
import { type FileMeta, fileNameIn, isFile } from './file-fields';
import { emptyValue, keep, sentFile } from './uploads';

/** A form on a page of one's own, and the row that it is of; none of a new one. */
type Sent = { form: FormData; row: object | undefined };

/**
 * What a file is in the values of a form of one's own: the name under which it will be kept, the empty
 * value where there is none, `undefined` where the row's stays. What is in it is looked at when it is saved.
 * Django: FileField.clean
 */
export function readModelFile(field: FileMeta, { form, row }: Sent): Read {
  const { upload, isCleared, error } = sentFile(field, form);
  const problem = error ?? (upload && headProblem(upload.file, field.file));
  if (problem) return { error: [problem] };
  if (upload) return { value: upload.name };
  if (isCleared) return { value: emptyValue(field) };
  if (row && fileNameIn(row, field) !== null) return { value: undefined };
  if (!field.isBlank) return { error: ['This field is required.'] };
  return { value: row ? undefined : emptyValue(field) };
}

/** The files of such a form. */
export class ModelFiles {
  readonly #fields: readonly FileMeta[];
  readonly #sent: Sent;

  constructor(fields: readonly FieldMeta[], sent: Sent) {
    this.#fields = fields.filter(isFile);
    this.#sent = sent;
  }

  /**
   * Keep what was sent while `write` saves its names; a file that is not what its name says is told at its
   * field. What is not saved is deleted again, and what is replaced or cleared afterwards.
   */
  async saved<T>(write: () => Promise<ParsedForm<T>>): Promise<ParsedForm<T>> {
    const { form, row } = this.#sent;
    const sent = this.#fields.map((field) => ({ field, ...sentFile(field, form) }));
    for (const { field, upload, error } of sent) {
      const problem = error ?? (upload && (await fileProblem(upload.file, field.file)));
      if (problem) return { ok: false, state: refusedField(form, field.formName, problem) };
    }
    const kept: string[] = [];
    let isSaved = false;
    try {
      for (const { field, upload } of sent) {
        if (!upload) continue;
        const name = await keep(field, upload);
        kept.push(name);
        if (name !== upload.name) throw new Error('Another file has the name of this one.');
      }
      const done = await write();
      isSaved = done.ok;
      return done;
    } finally {
      const replaced = sent.flatMap(({ field, upload, isCleared }) =>
        upload || isCleared ? (fileNameIn(row ?? null, field) ?? []) : [],
      );
      await discardFiles(isSaved ? replaced : kept);
    }
  }
}
