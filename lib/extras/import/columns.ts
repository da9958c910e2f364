import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { isSecret } from '@/lib/contrib/admin/lookups/lookups';
import { type FieldMeta, fieldByFormName } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { getTextList } from '@/lib/core/text';
import { exportedFields } from '@/lib/extras/export/export';
import { UnreadableFile } from './parse-csv';

/** A column of a file: where it stands, from 0, and the field that its values are of. */
export type Column = { at: number; field: FieldMeta };

/** What the columns of a file are: the one of ids, those that are written, those that are not. */
export type Columns = { id: number | null; written: Column[]; left: string[] };

/**
 * What the columns of a file are, by the names that the export gives them. What the form only reads is
 * left as it is. Throws UnreadableFile for a name that the export has not, one that is there twice, a
 * secret, and where nothing is left to write.
 */
export function columnsOf(admin: ModelAdmin, header: readonly string[]): Columns {
  const fields = exportedFields(admin);
  const editable = editableFields(admin);
  const twice = header.find((name, at) => header.indexOf(name) !== at);
  if (twice !== undefined) throw new UnreadableFile(`The column “${shown(twice)}” is there twice.`);
  const secret = header.find((name) => isSecretColumn(admin, name));
  if (secret !== undefined) {
    throw new UnreadableFile(`“${shown(secret)}” is never imported: take the column out.`);
  }
  const columns: Columns = { id: null, written: [], left: [] };
  for (const [at, name] of header.entries()) {
    const field = fields.find(({ formName }) => formName === name);
    if (!field) throw new UnreadableFile(unknown(name, fields));
    if (field.kind === 'id') columns.id = at;
    else if (editable.includes(field)) columns.written.push({ at, field });
    else columns.left.push(name);
  }
  if (columns.written.length === 0) {
    throw new UnreadableFile('The file has no column that can be changed here.');
  }
  return columns;
}

/** The names of the columns that a file may have, in the order in which the export has them. */
export function columnNames(admin: ModelAdmin): string[] {
  return exportedFields(admin).map(({ formName }) => formName);
}

function isSecretColumn({ meta }: ModelAdmin, name: string): boolean {
  return isSecret(fieldByFormName(meta, name)?.formName ?? name);
}

function unknown(name: string, fields: readonly FieldMeta[]): string {
  const known = getTextList(fields.map(({ formName }) => formName));
  return name === ''
    ? 'A column has no name. The first line of the file names them.'
    : `There is no column “${shown(name)}” to import. There are ${known}.`;
}

function shown(name: string): string {
  return [...name].slice(0, 60).join('');
}
