import { z } from 'zod';
import type { ModelKey } from '@/lib/apps/installed';
import { isFile } from '@/lib/contrib/admin/files/file-fields';
import { ModelFiles, readModelFile } from '@/lib/contrib/admin/files/model-files';
import { type FieldMeta, getField, type ModelMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { Row, Values } from '@/lib/contrib/admin/options';
import type { FieldName, FormValues } from '@/lib/contrib/admin/row-types';
import { capfirst } from '@/lib/core/text';
import { type ParsedForm, saveForm, sentForm } from '@/lib/forms/forms';
import { parseRowId } from '@/lib/forms/row-id';
import { filledValues } from './change-form';
import { readPlainField } from './form-fields';
import type { FormOptions } from './form-options';
import { refuseTakenOf } from './model-form-errors';
import { INVALID_CHOICE, REQUIRED, type Read } from './read-column';
import { isRequired } from './values';
import { chosenWidget, columnWidget, fileWidget, type Widget } from './widgets';

/** What a field is chosen from: the value, and what people read. */
export type FormChoices = readonly (readonly [value: string | number, label: string])[];

/** The control of a field on a page of one's own. */
export type ModelWidget =
  | Exclude<Widget, { kind: 'rawId' | 'multiple' | 'autocomplete' }>
  /** As a select, searched while typing where there are scripts. */
  | { kind: 'combobox'; choices: FormChoices };

/** One field as it is drawn. */
export type ModelFormField = {
  name: string;
  label: string;
  help: string;
  isRequired: boolean;
  widget: ModelWidget;
};

/** What is declared of a form. Django: ModelForm.Meta */
export type ModelFormOptions<F extends string> = Pick<
  FormOptions<F>,
  'radioFields' | 'widgets' | 'formfieldOverrides'
> & {
  fields: readonly F[];
  labels?: { readonly [field in F]?: string };
  helpTexts?: { readonly [field in F]?: string };
  /** How a field is read, where its column does not say it all. */
  formFields?: { readonly [field in F]?: z.ZodType<unknown, string | undefined> };
  /** Fields that are chosen from what is typed, of many. */
  autocompleteFields?: readonly F[];
  /** What foreign keys are chosen from: these and no others. */
  choices?: { readonly [field in F]?: FormChoices };
};

type Declared = ModelFormOptions<string> & { row?: object };

/** A form of a model. */
export type ModelForm<V> = {
  /** What is sent, by names in the form, checked; gives the values as Prisma takes them. For `parseForm`. */
  readonly schema: z.ZodType<V, unknown>;
  /** The fields in their order, for `ModelFields`. */
  readonly fields: readonly ModelFormField[];
  /** What the form of a row is filled with, or of a new one; for `initialValues`. */
  filled(row?: object): Record<string, string>;
  /** The same form, in which foreign keys are chosen from these rows. */
  withChoices(choices: { readonly [field: string]: FormChoices }): ModelForm<V>;
  /** The same form of a row, with the files that it has: one that is not sent stays as it is. */
  withRow(row: object): ModelForm<V>;
  /**
   * Save what the form says, in one write: a value that another row has is told at its field, as is a
   * ValidationError of `write`. Files are kept before it, deleted again if it fails, and those that they
   * replace once it is done.
   */
  save<T>(form: FormData, write: () => Promise<T>): Promise<ParsedForm<T>>;
};

/**
 * A form of a product's own pages, from what the admin knows of the model: types, lengths, choices,
 * labels, help, and what no two rows may have alike. Whether the person may, the page asks. Throws
 * TypeError for a field that no form can hold, and for a foreign key without choices once it is used.
 * Django: django/forms/models.py ModelForm, modelform_factory
 * @example
 * const GroupForm = modelForm('auth.group', { fields: ['name'] });
 * const parsed = parseForm(GroupForm.schema, form);
 * if (!parsed.ok) return parsed.state;
 * const saved = await GroupForm.save(form, () => db.group.create({ data: parsed.data }));
 * if (!saved.ok) return saved.state;
 */
export function modelForm<K extends ModelKey, F extends FieldName<K>>(
  key: K,
  options: ModelFormOptions<F>,
): ModelForm<FormValues<K, F>>;
export function modelForm(key: ModelKey, options: ModelFormOptions<string>): ModelForm<Values> {
  return formOfModel(key, options);
}

function formOfModel(key: ModelKey, options: Declared): ModelForm<Values> {
  // What fields refer to depends on the settings and is asked each time.
  const metas = () => options.fields.map((name) => getField(modelMeta(key), name));
  metas();
  return {
    schema: z.unknown().transform((sent, context) => {
      const form = formOf(sent);
      const values: Values = {};
      for (const field of metas()) {
        const { value, error } = isFile(field)
          ? readModelFile(field, { form: sentForm(sent) ?? form, row: options.row })
          : readOne(field, form, options);
        for (const message of error ?? []) {
          context.addIssue({ code: 'custom', message, path: [field.formName] });
        }
        values[field.kind === 'foreignKey' ? field.scalar : field.name] = value;
      }
      return values;
    }),
    get fields() {
      return metas().map((field) => drawn(modelMeta(key), field, options));
    },
    filled: (row) => filledValues(metas(), row === undefined ? null : (row as Row)),
    withChoices: (choices) => formOfModel(key, { ...options, choices }),
    withRow: (row) => formOfModel(key, { ...options, row }),
    save: (form, write) =>
      new ModelFiles(metas(), { form, row: options.row }).saved(() =>
        saveForm(form, () => refuseTakenOf(modelMeta(key), metas(), write)),
      ),
  };
}

function readOne(field: FieldMeta, form: FormData, options: ModelFormOptions<string>): Read {
  const own = options.formFields?.[field.name];
  if (own || field.kind !== 'foreignKey') return readPlainField(field, form, own);
  const sent = form.get(field.formName);
  const text = typeof sent === 'string' ? sent.trim() : '';
  if (text === '') return field.isBlank ? { value: null } : { error: [REQUIRED] };
  const isOffered = choicesOf(field, options).some(([value]) => String(value) === text);
  const id = isOffered ? parseRowId(text, field.to) : null;
  return id === null ? { error: [INVALID_CHOICE] } : { value: id };
}

function choicesOf({ name }: FieldMeta, { choices }: ModelFormOptions<string>): FormChoices {
  const offered = choices?.[name];
  if (!offered) throw new TypeError(`The form needs the choices of "${name}": withChoices.`);
  return offered;
}

function drawn(meta: ModelMeta, field: FieldMeta, options: Declared): ModelFormField {
  const { name, formName, verboseName, helpText } = field;
  return {
    name: formName,
    label: options.labels?.[name] ?? capfirst(verboseName),
    help: options.helpTexts?.[name] ?? helpText,
    isRequired: isRequired(field),
    widget: widgetOfField(meta, field, options),
  };
}

function widgetOfField(meta: ModelMeta, field: FieldMeta, options: Declared): ModelWidget {
  if (isFile(field)) return fileWidget(field, options.row ?? null);
  const usual: Widget =
    field.kind === 'foreignKey'
      ? { kind: 'select', choices: choicesOf(field, options) }
      : columnWidget(meta, field);
  const widget = chosenWidget(options, field, usual);
  const isSearched = options.autocompleteFields?.includes(field.name) ?? false;
  if (widget.kind === 'select' && isSearched) return { ...widget, kind: 'combobox' };
  if (widget.kind === 'rawId' || widget.kind === 'multiple' || widget.kind === 'autocomplete') {
    throw new TypeError(`A form cannot hold the field "${field.name}" of ${meta.key}.`);
  }
  return widget;
}

function formOf(sent: unknown): FormData {
  const form = new FormData();
  const pairs = typeof sent === 'object' && sent !== null ? Object.entries(sent) : [];
  for (const [name, value] of pairs) if (typeof value === 'string') form.set(name, value);
  return form;
}
