import { APPS } from '@/lib/apps/declared';
import { declaredModels } from '@/lib/apps/define-app';
import { brought } from '@/lib/apps/registry';
import type { ColumnMeta } from '@/lib/contrib/admin/form/values';
import { type FieldMeta, type ModelMeta, modelMeta } from '@/lib/contrib/admin/meta';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { findUserModel } from '@/lib/contrib/auth/users/user-model';

/** A column that names a file, with where uploads are kept and which are taken. */
export type FileMeta = ColumnMeta & { file: NonNullable<ColumnMeta['file']> };

/** Where a file may be had, by the name that its column holds; null for one that nobody is given. */
type FileAddress = (name: string) => string | null;

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Where files may be had that people uploaded; the first that knows counts. */
    readonly fileAddresses?: readonly FileAddress[];
  }
}

/** Whether a field names a file. Django: isinstance(field, FileField) */
export function isFile(field: FieldMeta): field is FileMeta {
  return 'file' in field && field.file !== undefined;
}

/** The fields of a model that name files. */
export function fileFieldsOf({ fields }: Pick<ModelMeta, 'fields'>): FileMeta[] {
  return [...fields.values()].filter(isFile);
}

/** Every model with columns that name files, of apps that are out too: their rows stay. */
export function modelsWithFiles(): ModelMeta[] {
  const users = findUserModel()?.name.toLowerCase();
  return declaredModels(APPS).flatMap(({ appLabel, model, declaration }) => {
    const isFiled = Object.values(declaration.fields ?? {}).some(({ file }) => file !== undefined);
    const isSwapped = declaration.swappable !== undefined && `${appLabel}.${model}` !== users;
    return isFiled && !isSwapped ? [modelMeta(`${appLabel}.${model}`)] : [];
  });
}

/** The name of a file that a row holds; null for none. */
export function fileNameIn(row: object | null, { name }: FieldMeta): string | null {
  const value: unknown = row === null ? null : Reflect.get(row, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A file that a row has, as people read it: the last part of its name, and where it may be had. */
export type CurrentFile = { name: string; url: string | null };

/** The file that a row has; null for none. Django: FieldFile.name, url */
export function currentFile(row: object | null, field: FieldMeta): CurrentFile | null {
  const name = fileNameIn(row, field);
  if (name === null) return null;
  const addresses = brought('fileAddresses').map((each) => each(name));
  return {
    name: name.split('/').at(-1) ?? name,
    url: addresses.find((url) => url !== null) ?? null,
  };
}

/**
 * What a field of a new row without a file holds, and what is wrong with one that has to have one: by the
 * row as it is, since a form says nothing of a file that stays.
 * Django: FileField.clean, which is given what there is
 */
export function withoutFiles(
  fields: readonly FieldMeta[],
  before: object | null,
  values: Readonly<Record<string, unknown>>,
): { values: Record<string, unknown>; errors: FieldErrors } {
  const blank: Record<string, unknown> = {};
  const errors: FieldErrors = {};
  for (const field of fields) {
    if (!isFile(field) || values[field.name] !== undefined) continue;
    if (fileNameIn(before, field) !== null) continue;
    if (!field.isBlank) errors[field.formName] = ['This field is required.'];
    else if (!before) blank[field.name] = field.isRequired ? '' : null;
  }
  return { values: { ...values, ...blank }, errors };
}
