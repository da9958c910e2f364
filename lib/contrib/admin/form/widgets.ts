import {
  type CurrentFile,
  currentFile,
  type FileMeta,
  isFile,
} from '@/lib/contrib/admin/files/file-fields';
import type { FieldMeta, ModelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { acceptOf } from '@/lib/core/files/file-rules';
import { db } from '@/lib/db/client';
import { type RowId, rowIdsIn } from '@/lib/forms/row-id';
import { type Choice, choicesOf, namedRows } from './choices';
import { displayValue } from './display';
import type { FormOptions, WidgetName } from './form-options';
import { storedValue } from './values';

/** What a line of text is typed into. */
export type InputType = 'text' | 'email' | 'url' | 'tel' | 'number' | 'decimal' | 'date' | 'time';

/** The control that a field is changed with. */
export type Widget =
  | { kind: 'text'; inputType: InputType }
  | { kind: 'textarea'; isCode?: boolean }
  | { kind: 'checkbox' }
  | { kind: 'datetime' }
  | { kind: 'select'; choices: readonly (readonly [value: string | number, label: string])[] }
  | {
      kind: 'radio';
      choices: readonly (readonly [value: string | number, label: string])[];
      isVertical: boolean;
    }
  /** Ids are typed; `href` is the list to find them in, null where there is none. */
  | { kind: 'rawId'; href: string | null; text: string }
  | {
      kind: 'multiple';
      choices: readonly Choice[];
      hasTwoBoxes: boolean;
      /** Choices that would be refused, by id, and why. */
      locked?: { ids: readonly number[]; reason: string };
    }
  /** `field` is `app.model.field`, for the search; `text` what the present value is called. */
  | { kind: 'autocomplete'; field: string; text: string }
  | {
      kind: 'file';
      current: CurrentFile | null;
      /** The endings that a browser offers; undefined for all. */
      accept: string | undefined;
      isImage: boolean;
      canClear: boolean;
    };

type KeyMeta = Extract<FieldMeta, { kind: 'foreignKey' | 'manyToMany' }>;

const YES_OR_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const;

/**
 * The control that a field of a row is changed with. Throws TypeError with model and field for one that
 * no form can hold.
 * Django: ModelAdmin.formfield_for_dbfield
 */
export async function widgetOf(
  admin: ModelAdmin,
  field: FieldMeta,
  row: Row | null,
): Promise<Widget> {
  return chosenWidget(admin.options, field, await usualWidget(admin, field, row));
}

/** The control that the options choose for a field, or the usual one. */
export function chosenWidget(
  { radioFields, widgets, formfieldOverrides }: FormOptions<string>,
  field: FieldMeta,
  usual: Widget,
): Widget {
  const radio = radioFields?.[field.name];
  const own =
    widgets?.[field.name] ??
    ('maxLength' in field ? formfieldOverrides?.[field.kind]?.widget : undefined);
  if (usual.kind === 'select' && (radio !== undefined || own === 'radio')) {
    return { ...usual, kind: 'radio', isVertical: radio !== 'horizontal' };
  }
  const isText = usual.kind === 'text' || usual.kind === 'textarea';
  return own !== undefined && isText ? textWidget(own) : usual;
}

function textWidget(name: WidgetName): Widget {
  if (name === 'textarea') return { kind: 'textarea' };
  if (name === 'code') return { kind: 'textarea', isCode: true };
  return { kind: 'text', inputType: name === 'radio' ? 'text' : name };
}

async function rawIdWidget(admin: ModelAdmin, field: KeyMeta, row: Row | null): Promise<Widget> {
  const texts = row ? await textsOf(admin, field, row) : [];
  const target = field.to.key === null ? null : admin.site.find(field.to.key);
  const href = target ? `/admin/${target.meta.appLabel}/${target.meta.modelName}/` : null;
  return { kind: 'rawId', href, text: texts.join(', ') };
}

async function usualWidget(admin: ModelAdmin, field: FieldMeta, row: Row | null): Promise<Widget> {
  const { options, meta } = admin;
  if (isFile(field)) return fileWidget(field, row);
  const isKey = field.kind === 'foreignKey' || field.kind === 'manyToMany';
  if (isKey && options.rawIdFields?.includes(field.name)) return rawIdWidget(admin, field, row);
  switch (field.kind) {
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
    default:
      return columnWidget(meta, field);
  }
}

/**
 * The control of a field with a column of its own. Throws TypeError with model and field for one that no
 * form can hold.
 * Django: Field.formfield
 */
export function columnWidget(meta: Pick<ModelMeta, 'key'>, field: FieldMeta): Widget {
  switch (field.kind) {
    case 'boolean':
      return field.isRequired ? { kind: 'checkbox' } : { kind: 'select', choices: YES_OR_NO };
    case 'datetime':
      return { kind: 'datetime' };
    case 'text':
    case 'integer': {
      if (isFile(field)) return fileWidget(field, null);
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
      throw new TypeError(`A form cannot hold the field "${field.name}" of ${meta.key}.`);
  }
}

/** The control of a file, with the one that a row has. Django: ClearableFileInput */
export function fileWidget(field: FileMeta, row: object | null): Widget & { kind: 'file' } {
  const current = currentFile(row, field);
  return {
    kind: 'file',
    current,
    accept: acceptOf(field.file),
    isImage: Boolean(field.file.image),
    canClear: field.isBlank && current !== null,
  };
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
