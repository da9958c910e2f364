import { isFile } from '@/lib/contrib/admin/files/file-fields';
import type { ColumnMeta } from '@/lib/contrib/admin/form/values';
import type { FieldMeta } from '@/lib/contrib/admin/meta';
import { unguarded } from '@/lib/extras/export/csv';

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  on: true,
  false: false,
  no: false,
  '0': false,
  off: false,
};

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(Z|[+-]\d\d:?\d\d)?$/i;

const NO_FILES =
  'A table brings no files: leave the name as it was exported, or take the column out.';

/** What a form holds of one cell, by names in the form, or what is wrong with the cell. */
export type Filled = { values: Record<string, string> } | { error: string };

/**
 * What somebody would fill into the form to say what a cell of a file says: the apostrophes that the
 * export puts before formulas are taken away, a label stands for its value, a moment without a zone is
 * UTC, as the form has it. The name of a file only tells of one.
 * django-import-export: widgets.py, Widget.clean
 */
export function filledBy(field: FieldMeta, cell: string): Filled {
  const { formName } = field;
  const text = unguarded(cell);
  if (isFile(field)) return { error: NO_FILES };
  switch (field.kind) {
    case 'boolean':
      return filledBoolean(field, text.trim().toLowerCase());
    case 'datetime':
      return filledMoment(formName, text.trim());
    default:
      return { values: { [formName]: valueOfLabel(field, text) } };
  }
}

/** Whether a cell says nothing: of a new row the default is taken, where the field needs a value. */
export function isDefault(field: FieldMeta, cell: string): boolean {
  if (isFile(field)) return cell.trim() === '';
  const isNeeded = !field.isBlank || (field.kind === 'boolean' && field.isRequired);
  return isNeeded && cell.trim() === '';
}

function filledBoolean({ formName, isRequired }: ColumnMeta, text: string): Filled {
  if (text === '' && !isRequired) return { values: { [formName]: '' } };
  const value = BOOLEANS[text];
  if (value === undefined) return { error: 'Enter true or false.' };
  const ticked = value ? 'on' : '';
  return { values: { [formName]: isRequired ? ticked : String(value) } };
}

function filledMoment(formName: string, text: string): Filled {
  const both = (date: string, time: string) => ({
    values: { [`${formName}_0`]: date, [`${formName}_1`]: time },
  });
  if (text === '') return both('', '');
  const [, date = '', time = '', zone = 'Z'] = MOMENT.exec(text) ?? [];
  if (date === '') return { error: 'Enter a date and a time, as 2026-11-28T14:05:00Z.' };
  if (/^z$/i.test(zone)) return both(date, time);
  const moment = new Date(`${date}T${time}${zone}`);
  if (Number.isNaN(moment.getTime())) return { error: 'Enter a valid date.' };
  const [day = '', hour = ''] = moment.toISOString().replace('Z', '').split('T');
  return both(day, hour);
}

function valueOfLabel(field: FieldMeta, text: string): string {
  const choices = 'choices' in field && field.kind !== 'enum' ? field.choices : null;
  if (!choices || choices.some(([value]) => String(value) === text)) return text;
  const named = choices.filter(([, label]) => label === text);
  const [only] = named;
  return named.length === 1 && only ? String(only[0]) : text;
}
