import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { AdminUser, Fact, ModelAdmin, Row, Values } from '@/lib/contrib/admin/options';
import { type RowId, rowIdsIn } from '@/lib/core/row-id';
import { capfirst } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { type Choice, choicesOf, namedRows } from './choices';
import { displayValue } from './display';
import { editableFields, fieldsetsOf } from './form-fields';
import { initialValues } from './initial-values';
import { columnText, storedValue } from './values';
import { versionOf } from './versions';

/** The control that a field is changed with. */
export type Widget =
  | { kind: 'text'; inputType: 'text' | 'email' | 'number' | 'decimal' | 'date' | 'time' }
  | { kind: 'textarea'; isCode?: boolean }
  | { kind: 'checkbox' }
  | { kind: 'datetime' }
  | { kind: 'select'; choices: readonly (readonly [value: string | number, label: string])[] }
  | { kind: 'multiple'; choices: readonly Choice[]; hasTwoBoxes: boolean }
  /** `field` is `app.model.field`, for the search; `text` what the present value is called. */
  | { kind: 'autocomplete'; field: string; text: string };

/** A line of the form. One that is only read has no widget, and one text for each thing it names. */
export type FormField = {
  name: string;
  label: string;
  help: string;
  isRequired: boolean;
} & ({ widget: Widget } | { widget: null; texts: readonly string[] });

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
};

/**
 * The form of a row as `readSnapshot` gives it, or of a new one. Without `canChange` every field is
 * only read, and without `user`, who looks at it, it has no facts.
 * Django: ModelAdmin.render_change_form, helpers.AdminForm
 */
export async function changeForm(
  admin: ModelAdmin,
  row: Row | null,
  { canChange, user }: { canChange: boolean; user?: AdminUser },
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
        editable.includes(field) ? changedWith(admin, field, row) : onlyRead(admin, field, row),
      ),
    );
    sections.push({
      title,
      ...(description !== undefined && { description }),
      fields: lines,
      facts: sections.length === 0 ? facts : [],
    });
  }
  return {
    sections,
    values: Object.fromEntries(
      editable.flatMap((field) => valuesOf(field, row ?? initialValues(editable))),
    ),
    version: row && canChange ? versionOf(row, editable) : '',
  };
}

const YES_OR_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

type KeyMeta = Extract<FieldMeta, { kind: 'foreignKey' | 'manyToMany' }>;

async function changedWith(
  admin: ModelAdmin,
  field: FieldMeta,
  row: Row | null,
): Promise<FormField> {
  return { ...nameOf(field), widget: await widgetOf(admin, field, row) };
}

async function onlyRead(admin: ModelAdmin, field: FieldMeta, row: Row | null): Promise<FormField> {
  return { ...nameOf(field), widget: null, texts: row ? await textsOf(admin, field, row) : [] };
}

function nameOf({ formName, verboseName, helpText, isBlank, kind }: FieldMeta) {
  const isRequired = !isBlank && kind !== 'boolean';
  return { name: formName, label: capfirst(verboseName), help: helpText, isRequired };
}

async function widgetOf(admin: ModelAdmin, field: FieldMeta, row: Row | null): Promise<Widget> {
  const { options, meta } = admin;
  switch (field.kind) {
    case 'boolean':
      return field.isRequired ? { kind: 'checkbox' } : { kind: 'select', choices: YES_OR_NO };
    case 'datetime':
      return { kind: 'datetime' };
    case 'manyToMany': {
      const hasTwoBoxes = options.filterHorizontal?.includes(field.name) ?? false;
      return {
        kind: 'multiple',
        choices: await choicesOf(admin, field, heldIn(field, row)),
        hasTwoBoxes,
      };
    }
    case 'foreignKey': {
      if (!options.autocompleteFields?.includes(field.name)) {
        return { kind: 'select', choices: await choicesOf(admin, field, heldIn(field, row)) };
      }
      const [text = ''] = row ? await textsOf(admin, field, row) : [];
      return { kind: 'autocomplete', field: `${meta.key}.${field.formName}`, text };
    }
    case 'text':
    case 'integer': {
      if (field.choices) return { kind: 'select', choices: field.choices };
      if (field.kind === 'integer') return { kind: 'text', inputType: 'number' };
      if (field.maxLength === null) return { kind: 'textarea' };
      return { kind: 'text', inputType: field.name === 'email' ? 'email' : 'text' };
    }
    case 'enum': {
      const choices = field.choices?.map(
        ([name, label]) => [storedValue(field, name), label] as const,
      );
      return { kind: 'select', choices: choices ?? [] };
    }
    case 'json':
      return { kind: 'textarea', isCode: true };
    case 'bigint':
      return { kind: 'text', inputType: 'number' };
    case 'decimal':
    case 'float':
      return { kind: 'text', inputType: 'decimal' };
    case 'date':
    case 'time':
      return { kind: 'text', inputType: field.kind };
    case 'uuid':
      return { kind: 'text', inputType: 'text' };
    default:
      throw new TypeError(`A form cannot hold the field "${field.name}".`);
  }
}

/** What a field of a row says, one text for each thing it names; none for an empty one. */
export async function textsOf(admin: ModelAdmin, field: FieldMeta, row: Row): Promise<string[]> {
  if (field.kind === 'foreignKey' || field.kind === 'manyToMany') {
    const named = await namedRows(db, admin, { to: field.to, ids: heldIn(field, row) });
    return named.map(([, text]) => text).sort((one, other) => one.localeCompare(other, 'en'));
  }
  const text = displayValue(field, row[field.name]);
  return text === '' ? [] : [text];
}

function heldIn(field: KeyMeta, row: Row | null): RowId[] {
  const value = field.kind === 'foreignKey' ? row?.[field.scalar] : row?.[field.name];
  return rowIdsIn(value);
}

function booleanText(field: FieldMeta, value: boolean): string {
  if (!('isRequired' in field) || field.isRequired) return value ? 'on' : '';
  return String(value);
}

function valuesOf(field: FieldMeta, row: Row | Values | null): [name: string, value: string][] {
  const value = row && (field.kind === 'foreignKey' ? row[field.scalar] : row[field.name]);
  const { formName } = field;
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
        row?.['id'] !== undefined && field.kind === 'json' && field.isRequired ? 'null' : '',
      ],
    ];
  if (field.kind === 'json') return [[formName, JSON.stringify(value, null, 2)]];
  return [[formName, 'maxLength' in field ? columnText(field, value) : String(value)]];
}
