import type { z } from 'zod';
import { isFile } from '@/lib/contrib/admin/files/file-fields';
import { readFile } from '@/lib/contrib/admin/files/uploads';
import { type FieldMeta, getField, modelMeta } from '@/lib/contrib/admin/meta';
import type { AdminUser, Fieldset, ModelAdmin, Values } from '@/lib/contrib/admin/options';
import { unseenIds } from '@/lib/contrib/admin/private-names';
import { delegateOf } from '@/lib/contrib/admin/rows';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { db } from '@/lib/db/client';
import { hasNul, textField } from '@/lib/forms/fields';
import { compareRowIds, parseRowId, type RowId, rowIdsIn } from '@/lib/forms/row-id';
import { INVALID_CHOICE, nativeProblem, REQUIRED, type Read, readColumn } from './read-column';
import { type ColumnMeta, isEditable } from './values';

const SMALL = 32_768;

/**
 * The sections of a model's form: those declared, or all its own fields in one.
 * Django: ModelAdmin.get_fieldsets
 */
export function fieldsetsOf({ meta, options }: ModelAdmin): readonly Fieldset[] {
  if (options.fieldsets) return options.fieldsets;
  const isOwn = ({ kind, name }: FieldMeta) =>
    kind !== 'id' && kind !== 'reverse' && kind !== 'manyToMany' && name !== 'password';
  const fields = [...meta.fields.values()].filter(isOwn).map(({ name }) => name);
  return [{ title: null, fields }];
}

/**
 * The fields that a form writes, in the order of its sections.
 * Django: ModelAdmin.get_form
 */
export function editableFields(admin: ModelAdmin): FieldMeta[] {
  const names = fieldsetsOf(admin).flatMap(({ fields }) => fields);
  const declared = admin.options.readonlyFields ?? [];
  const readonly = new Set(declared.filter((each) => typeof each === 'string'));
  return names
    .filter((name) => !readonly.has(name))
    .map((name) => getField(admin.meta, name))
    .filter(isEditable);
}

/** By field name, the ids among its values that the user may not give it. */
export type UnseenIds = ReadonlyMap<string, ReadonlySet<RowId>>;

/**
 * Read the fields of a form: values by field name in TypeScript, errors by name in the form. Never
 * throws for what somebody sent. Whether the rows exist that foreign keys and many-to-many fields
 * name is asked when the values are written; `unseen` are those that the user may not name anew.
 * Django: django/forms/models.py ModelForm.full_clean
 */
export async function readForm(
  admin: ModelAdmin,
  form: FormData,
  user: AdminUser,
): Promise<{ values: Values; errors: FieldErrors; unseen: UnseenIds }> {
  const values: Values = {};
  const errors: FieldErrors = {};
  const unseen = new Map<string, Set<RowId>>();
  for (const field of editableFields(admin)) {
    const { value, error } = await readField(admin, field, form, user);
    if (error === undefined) values[field.name] = value;
    else errors[field.formName] = error;
    if (error !== undefined || (field.kind !== 'foreignKey' && field.kind !== 'manyToMany'))
      continue;
    const ids = rowIdsIn(value);
    unseen.set(field.name, await unseenIds(admin, field, { user, ids }));
  }
  return { values, errors, unseen };
}

type KeyMeta = FieldMeta & { kind: 'foreignKey' };

async function readField(
  admin: ModelAdmin,
  field: FieldMeta,
  form: FormData,
  user: AdminUser,
): Promise<Read> {
  if (isFile(field)) return readFile(field, form);
  const own = admin.options.formFields?.[field.name];
  if (!own && field.kind === 'foreignKey') {
    return readKey(admin, field, { text: textOf(form, field.formName).trim(), user });
  }
  if (!own && field.kind === 'manyToMany') return readKeys(field, idsSent(admin, field, form));
  return readPlainField(field, form, own);
}

/**
 * Read a field with one value from a form: by its own schema, if it has one, or as its column says.
 * Throws TypeError for one that no form can hold, and for what names other rows.
 * Django: Field.clean
 */
export function readPlainField(
  field: FieldMeta,
  form: FormData,
  own?: z.ZodType<unknown, string | undefined>,
): Read {
  if (own) return judged(own, textOf(form, field.formName));
  switch (field.kind) {
    case 'boolean':
      if (!field.isRequired) return readTriple(textOf(form, field.formName));
      return { value: !['', 'false', 'False', '0'].includes(textOf(form, field.formName)) };
    case 'datetime':
      return readDateTime(field, form);
    case 'integer':
      return field.choices
        ? readChoice(field, textOf(form, field.formName))
        : readInteger(field, textOf(form, field.formName).trim());
    case 'text': {
      if (field.choices) return readChoice(field, textOf(form, field.formName));
      return readText(field, textOf(form, field.formName));
    }
    case 'foreignKey':
    case 'manyToMany':
    case 'reverse':
    case 'unsupported':
      throw new TypeError(`A form cannot hold the field "${field.name}".`);
    default: {
      const text = textOf(form, field.formName).trim();
      if (text === '') return readBlank(field);
      const read = readColumn(field, text);
      if (read === null) throw new TypeError(`A form cannot hold the field "${field.name}".`);
      return read;
    }
  }
}

function judged(schema: z.ZodType<unknown, string | undefined>, text: string): Read {
  const parsed = schema.safeParse(text);
  if (parsed.success) return { value: parsed.data };
  return { error: parsed.error.issues.map(({ message }) => message) };
}

function readText(field: ColumnMeta, sent: string): Read {
  const required = field.isBlank ? undefined : REQUIRED;
  const max = field.maxLength ?? undefined;
  const read = judged(textField({ max, required }), sent);
  // Where a text may be missing, an empty one is.
  if (read.value === '') return readBlank(field);
  const problem = typeof read.value === 'string' ? nativeProblem(field, read.value) : null;
  return problem === null ? read : { error: [problem] };
}

/** Django: NullBooleanSelect */
function readTriple(text: string): Read {
  if (['', 'unknown'].includes(text)) return { value: null };
  return { value: ['true', 'True', '1', '2', 'on'].includes(text) };
}

function readChoice(field: ColumnMeta, text: string): Read {
  if (text === '') return readBlank(field);
  const choice = field.choices?.find(([value]) => String(value) === text);
  return choice ? { value: choice[0] } : { error: [INVALID_CHOICE] };
}

function readInteger(field: ColumnMeta, text: string): Read {
  if (text === '') return readBlank(field);
  const number = /^[+-]?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  const isStorable = number >= -2_147_483_648 && number <= 2_147_483_647;
  if (!isStorable) return { error: ['Enter a whole number.'] };
  if (field.native !== 'smallint' || Math.abs(number + 0.5) < SMALL) return { value: number };
  const bound =
    number > 0 ? `less than or equal to ${SMALL - 1}` : `greater than or equal to -${SMALL}`;
  return { error: [`Ensure this value is ${bound}.`] };
}

// Date and time are sent apart, as Django's SplitDateTimeField has them; the time zone is UTC.
function readDateTime(field: ColumnMeta, form: FormData): Read {
  const date = textOf(form, `${field.formName}_0`).trim();
  const time = textOf(form, `${field.formName}_1`).trim();
  if (date === '' && time === '') return readBlank(field);
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(date)) return { error: ['Enter a valid date.'] };
  if (!/^\d\d:\d\d(:\d\d(\.\d{1,6})?)?$/.test(time)) return { error: ['Enter a valid time.'] };
  const value = new Date(`${date}T${time}Z`);
  const isReal = !Number.isNaN(value.getTime()) && value.toISOString().startsWith(date);
  return isReal ? { value } : { error: ['Enter a valid date.'] };
}

// Without scripts a person may type a name instead of an id: the text that the row is known by.
async function readKey(
  admin: ModelAdmin,
  field: KeyMeta,
  { text, user }: { text: string; user: AdminUser },
): Promise<Read> {
  if (text === '') return readBlank(field);
  const id = parseRowId(text, field.to) ?? (await seenIdNamed(admin, field, { text, user }));
  return id === null ? { error: [INVALID_CHOICE] } : { value: id };
}

// A name that the user may not read is not told from one that nobody has.
async function seenIdNamed(
  admin: ModelAdmin,
  field: KeyMeta,
  { text, user }: { text: string; user: AdminUser },
): Promise<RowId | null> {
  const id = await idNamed(field, text);
  if (id === null) return null;
  return (await unseenIds(admin, field, { user, ids: [id] })).has(id) ? null : id;
}

async function idNamed(field: KeyMeta, text: string) {
  if (!field.to.key || hasNul(text)) return null;
  const { fields } = modelMeta(field.to.key);
  const unique = [...fields.values()].find(
    (each) => each.kind === 'text' && each.isUnique && nativeProblem(each, text) === null,
  );
  if (!unique) return null;
  const where = { [unique.name]: text };
  const [row] = await delegateOf(db, field.to.prismaName).findMany({ where, take: 1 });
  return row?.id ?? null;
}

// Of ids that are typed there are several in one text.
function idsSent(
  { options }: ModelAdmin,
  { name, formName }: FieldMeta,
  form: FormData,
): readonly FormDataEntryValue[] {
  const sent = form.getAll(formName);
  if (!options.rawIdFields?.includes(name)) return sent;
  return sent.flatMap((each): FormDataEntryValue[] => {
    if (typeof each !== 'string') return [each];
    return each
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== '');
  });
}

function readKeys(
  field: FieldMeta & { kind: 'manyToMany' },
  sent: readonly FormDataEntryValue[],
): Read {
  const ids = new Set<RowId>();
  for (const text of sent) {
    const id = typeof text === 'string' ? parseRowId(text, field.to) : null;
    if (id === null) return { error: [`“${shown(text)}” is not a valid value.`] };
    ids.add(id);
  }
  if (ids.size === 0 && !field.isBlank) return { error: [REQUIRED] };
  return { value: [...ids].sort(compareRowIds) };
}

// What every new row is given another of needs no telling: `undefined` leaves it to the database, or to
// Prisma, and an old row keeps what it has.
function readBlank(field: FieldMeta): Read {
  if ('defaultMaker' in field && field.defaultMaker !== undefined && field.isRequired) {
    return { value: undefined };
  }
  if (!field.isBlank) return { error: [REQUIRED] };
  if (field.kind === 'text' && field.isRequired) return { value: '' };
  return field.kind === 'json' && field.isRequired ? { value: blankJson(field) } : { value: null };
}

function blankJson(field: FieldMeta): unknown {
  const told = 'default' in field ? field.default : undefined;
  return typeof told === 'string' ? JSON.parse(told) : {};
}

function textOf(form: FormData, name: string): string {
  const text = form.getAll(name).at(-1);
  return typeof text === 'string' ? text : '';
}

function shown(sent: FormDataEntryValue): string {
  return typeof sent === 'string' ? sent.slice(0, 50) : 'a file';
}
