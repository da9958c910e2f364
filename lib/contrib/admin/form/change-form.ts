import { currentFile, isFile } from '@/lib/contrib/admin/files/file-fields';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { Locks } from '@/lib/contrib/admin/object/locks';
import type { AdminUser, Fact, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { type RelatedLinks, relatedLinks } from '@/lib/contrib/admin/related/related-links';
import { capfirst } from '@/lib/core/text';
import { computedText } from './display';
import { editableFields, fieldsetsOf } from './form-fields';
import { initialValues } from './initial-values';
import { columnText, isRequired, laidOutJson } from './values';
import { versionOf } from './versions';
import { textsOf, type Widget, widgetOf } from './widgets';

/** What a form says of a field, whatever its control is. */
type FormHead = { name: string; label: string; help: string; isRequired: boolean };

/** A line of the form. One that is only read has no widget, and one text for each thing it names. */
export type FormField = FormHead & {
  /** Why it stays as it is. */
  locked?: string;
  /** What may be done beside it with the rows that it names. */
  related?: RelatedLinks;
} & ({ widget: Widget } | { widget: null; texts: readonly string[]; link?: Fact['link'] });

/** A field that is filled with what stands in others, by their names in the form. */
export type Prepopulated = { name: string; from: readonly string[]; maxLength: number };

/** A form as it is drawn: its sections, what it is filled with and the version of that. */
export type FormView = {
  sections: {
    title: string | null;
    description?: string;
    fields: FormField[];
    facts: readonly Fact[];
  }[];
  values: Record<string, string>;
  version: string;
  /** What is filled from other fields while these are typed, by names in the form; on a new row only. */
  prepopulated: readonly Prepopulated[];
};

type Looking = {
  canChange: boolean;
  user?: AdminUser;
  /** What would be refused to whoever looks at it. */
  locks?: Locks | undefined;
};

/**
 * The form of a row as `readSnapshot` gives it, or of a new one. Without `canChange` every field is
 * only read, and without `user`, who looks at it, it has no facts and nothing beside its fields.
 * Django: ModelAdmin.render_change_form, helpers.AdminForm
 */
export async function changeForm(
  admin: ModelAdmin,
  row: Row | null,
  { canChange, user, locks }: Looking,
): Promise<FormView> {
  const editable = canChange ? editableFields(admin) : [];
  const facts = row && user ? ((await admin.options.facts?.(row, user)) ?? []) : [];
  const sections: FormView['sections'] = [];
  for (const { title, description, fields } of fieldsetsOf(admin)) {
    const metas = fields.map((name) => getField(admin.meta, name));
    const shown = row ? metas : metas.filter((field) => editable.includes(field));
    if (shown.length === 0) continue;
    const lines = await Promise.all(
      shown.map((field) =>
        editable.includes(field)
          ? changedWith(admin, field, { row, user, locks })
          : onlyRead(admin, field, row),
      ),
    );
    sections.push({
      title,
      ...(description !== undefined && { description }),
      fields: sections.length === 0 ? [...lines, ...computedLines(admin, row)] : lines,
      facts: sections.length === 0 ? facts : [],
    });
  }
  return {
    sections,
    values: filledValues(editable, row),
    version: row && canChange ? versionOf(row, editable) : '',
    prepopulated: row ? [] : prepopulatedBy(admin, editable),
  };
}

/**
 * What these fields are filled with, by names in the form: of a new row the defaults.
 * Django: BaseModelForm.initial
 */
export function filledValues(
  fields: readonly FieldMeta[],
  row: Row | null,
): Record<string, string> {
  const held = row ?? initialValues(fields);
  return Object.fromEntries(fields.flatMap((field) => valuesOf(field, held)));
}

async function changedWith(
  admin: ModelAdmin,
  field: FieldMeta,
  { row, user, locks }: Pick<Looking, 'user' | 'locks'> & { row: Row | null },
): Promise<FormField> {
  const widget = await widgetOf(admin, field, row);
  const related = user ? await relatedLinks(admin, field, user) : null;
  const reason = locks?.fields[field.formName];
  const choices = locks?.choices[field.formName];
  const isChosen = widget.kind === 'multiple' && choices && choices.ids.length > 0;
  return {
    ...headOf(field),
    ...(reason !== undefined && { locked: reason }),
    ...(related && { related }),
    widget: isChosen ? { ...widget, locked: choices } : widget,
  };
}

async function onlyRead(admin: ModelAdmin, field: FieldMeta, row: Row | null): Promise<FormField> {
  const file = isFile(field) ? currentFile(row, field) : null;
  if (!row) return { ...headOf(field), widget: null, texts: orEmptyValue(admin, []) };
  const texts = file ? [file.name] : await textsOf(admin, field, row);
  const link = file?.url ? { link: { label: 'Open', href: file.url } } : {};
  return { ...headOf(field), widget: null, texts: orEmptyValue(admin, texts), ...link };
}

// Django: AdminReadonlyField.contents of a callable
function computedLines(admin: ModelAdmin, row: Row | null): FormField[] {
  if (!row) return [];
  return (admin.options.readonlyFields ?? []).flatMap((each) => {
    if (typeof each === 'string') return [];
    const value = each.value(row);
    const texts = value === null || value === undefined || value === '' ? [] : [value];
    return [
      {
        name: each.name,
        label: each.label,
        help: '',
        isRequired: false,
        widget: null,
        texts: orEmptyValue(admin, texts.map(computedText)),
      },
    ];
  });
}

function orEmptyValue({ options }: ModelAdmin, texts: readonly string[]): readonly string[] {
  const { emptyValueDisplay } = options;
  return texts.length === 0 && emptyValueDisplay !== undefined ? [emptyValueDisplay] : texts;
}

/** What the form says of a field. */
export function headOf(field: FieldMeta): FormHead {
  const { formName, verboseName, helpText } = field;
  const label = capfirst(verboseName);
  return { name: formName, label, help: helpText, isRequired: isRequired(field) };
}

// Django: helpers.AdminForm.prepopulated_fields
function prepopulatedBy(
  { meta, options }: ModelAdmin,
  editable: readonly FieldMeta[],
): Prepopulated[] {
  return editable.flatMap((field) => {
    const from = options.prepopulatedFields?.[field.name];
    if (!from) return [];
    const maxLength = ('maxLength' in field && field.maxLength) || 1000;
    const names = from.map((name) => getField(meta, name).formName);
    return [{ name: field.formName, from: names, maxLength }];
  });
}

function booleanText(field: FieldMeta, value: boolean): string {
  if (!('isRequired' in field) || field.isRequired) return value ? 'on' : '';
  return String(value);
}

/** What a field of a row, or of the values of a new one, is in a form: its names there and their texts. */
export function valuesOf(field: FieldMeta, row: Row | Values): [name: string, value: string][] {
  const value = field.kind === 'foreignKey' ? row[field.scalar] : row[field.name];
  const { formName } = field;
  // A browser fills no control of a file.
  if (isFile(field)) return [];
  if (field.kind === 'datetime' && value instanceof Date) {
    const [date = '', time = ''] = value
      .toISOString()
      .replace(/(\.000)?Z$/, '')
      .split('T');
    return [
      [`${formName}_0`, date],
      [`${formName}_1`, time],
    ];
  }
  if (typeof value === 'boolean') return [[formName, booleanText(field, value)]];
  const isEmpty = value === null || value === undefined;
  // Of Json an empty value may be the JSON null, which a required column has to tell.
  if (isEmpty)
    return [
      [
        formName,
        row['id'] !== undefined && field.kind === 'json' && field.isRequired ? 'null' : '',
      ],
    ];
  if (field.kind === 'json') return [[formName, laidOutJson(value)]];
  return [[formName, 'maxLength' in field ? columnText(field, value) : String(value)]];
}
