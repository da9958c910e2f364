import { APPS } from '@/lib/apps/declared';
import { declaredModels, type ModelDeclaration, verboseNamePlural } from '@/lib/apps/define-app';
import {
  type ColumnExtras,
  type ColumnKind,
  type GraphColumn,
  type GraphField,
  type GraphModel,
  graphNameOf,
  hasId,
  idNativeOf,
  idTypeOf,
  type ModelGraph,
  modelGraph,
} from '@/lib/contrib/auth/users/model-graph';
import { findUserModel } from '@/lib/contrib/auth/users/user-model';
import type { FileRules } from '@/lib/core/files/file-rules';
import { capfirst } from '@/lib/core/text';
import type { IdColumn } from '@/lib/forms/row-id';

/** The other end of a relation; `key` is null for a model that no app declares. */
type Target = { prismaName: string; key: string | null } & IdColumn;

/** The table that ties two models together, and its columns. */
export type Through = { prismaName: string; table: string; from: KeyColumn; to: KeyColumn };

/** A column with another row's id: its name in TypeScript and in the table. */
export type KeyColumn = { scalar: string; column: string };

type Named = {
  /** In TypeScript, `firstName`. */
  name: string;
  /** In forms, queries, tables and the history, `first_name`. */
  formName: string;
  /** What people read, in lower case: "first name". */
  verboseName: string;
  helpText: string;
  /** Whether a form may leave it empty. */
  isBlank: boolean;
};

/** One field of a model. */
export type FieldMeta = Named &
  (
    | ({
        kind: ColumnKind;
        column: string;
        /** Code points of a text; null without a limit. */
        maxLength: number | null;
        isRequired: boolean;
        isUnique: boolean;
        /** Value and what people read, for a field with few values. */
        choices: readonly (readonly [value: string | number, label: string])[] | null;
        /** Of a text that names a file: which are taken, and where they are kept. */
        file?: FileRules & { uploadTo: string };
      } & ColumnExtras)
    | ({ kind: 'foreignKey'; to: Target; isRequired: boolean; isUnique?: boolean } & KeyColumn)
    /** What no form can hold: its `type` says why. */
    | { kind: 'unsupported'; column: string; isRequired: boolean; type: string; scalar?: string }
    | { kind: 'manyToMany'; to: Target; through: Through }
    | { kind: 'reverse'; to: Target; by: string }
  );

/** What the admin knows of a model. */
export type ModelMeta = {
  /** `app_label.model`. */
  key: string;
  appLabel: string;
  modelName: string;
  appVerboseName: string;
  verboseName: string;
  verboseNamePlural: string;
  /** As `schema.prisma` names it. */
  prismaName: string;
  table: string;
  /** The field with what people call a row; null where none of its fields is a name. */
  nameField: string | null;
  fields: ReadonlyMap<string, FieldMeta>;
  /** Fields whose values no two rows have alike, all together. */
  uniqueTogether: readonly (readonly string[])[];
} & IdColumn;

// Of each graph its own: another user model changes what fields refer to.
const metas = new WeakMap<ModelGraph, Map<string, ModelMeta>>();

/**
 * What the admin knows of a model: its names, its table and its fields, from Prisma's description
 * of the models and the declaration in the model's app. Throws TypeError for a model that no
 * app declares, and for one whose rows no address can name.
 * Django: django/db/models/options.py Options (Model._meta)
 */
export function modelMeta(key: string): ModelMeta {
  const graph = modelGraph();
  const made = metas.get(graph) ?? new Map<string, ModelMeta>();
  metas.set(graph, made);
  const known = made.get(key);
  if (known) return known;
  const [appLabel = '', modelName = ''] = key.split('.');
  const declared = declaredModels(APPS).find(
    (each) => each.appLabel === appLabel && each.model === modelName,
  );
  const found = Object.entries(graph).find(([name]) => keyOf(name) === key);
  if (!declared || !found) throw new TypeError(`No app declares "${key}".`);
  const { declaration, appVerboseName } = declared;
  const [prismaName, { table, fields, uniqueTogether = [] }] = found;
  const meta = {
    key,
    appLabel,
    modelName,
    appVerboseName,
    verboseName: declaration.verboseName,
    verboseNamePlural: verboseNamePlural(declaration),
    prismaName,
    table,
    nameField: nameFieldOf(prismaName, fields),
    idType: idTypeOf(prismaName),
    idNative: idNativeOf(prismaName),
    uniqueTogether,
    fields: new Map(
      Object.entries(fields).map(([name, field]) => [
        name,
        fieldMeta(name, field, { declaration, key }),
      ]),
    ),
  };
  made.set(key, meta);
  return meta;
}

/**
 * A field by its name in TypeScript. Throws TypeError for a name that the model lacks, which only a
 * mistake in a declaration can bring about.
 * Django: Options.get_field
 */
export function getField(meta: ModelMeta, name: string): FieldMeta {
  const field = meta.fields.get(name);
  if (!field) throw new TypeError(`${meta.key} has no field "${name}".`);
  return field;
}

/** A field by its name in forms, queries and tables; null if there is none. */
export function fieldByFormName(meta: ModelMeta, formName: string): FieldMeta | null {
  return [...meta.fields.values()].find((field) => field.formName === formName) ?? null;
}

function fieldMeta(
  name: string,
  field: GraphField,
  { declaration, key }: { declaration: ModelDeclaration; key: string },
): FieldMeta {
  const declared = declaration.fields?.[name];
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const named = {
    name,
    formName: words.replaceAll(' ', '_'),
    verboseName: declared?.verboseName ?? words,
    helpText: declared?.helpText ?? '',
    isBlank: declared?.isBlank ?? ('isRequired' in field && !field.isRequired),
  };
  switch (field.kind) {
    case 'foreignKey':
      return {
        ...named,
        kind: field.kind,
        to: target(field.to),
        scalar: field.scalar,
        column: field.column,
        isRequired: field.isRequired,
        ...(field.isUnique && { isUnique: true }),
      };
    case 'manyToMany': {
      const { model, ...through } = field.through;
      const to = target(field.to);
      return { ...named, kind: field.kind, to, through: { prismaName: model, ...through } };
    }
    case 'reverse':
      return { ...named, kind: field.kind, to: target(field.to), by: field.by };
    case 'unsupported':
      return { ...named, ...field };
    default:
      return {
        ...named,
        ...field,
        choices: declared?.choices ?? enumChoices(field),
        ...(declared?.file && {
          file: { uploadTo: `${key.replace('.', '/')}/${named.formName}/`, ...declared.file },
        }),
      };
  }
}

// "PART_PAID" is read as "Part paid".
function enumChoices({ values }: GraphColumn): readonly (readonly [string, string])[] | null {
  if (!values) return null;
  return values.map(([name]) => [name, capfirst(name.replaceAll('_', ' ').toLowerCase())]);
}

function target(prismaName: string): Target {
  const isNamed = hasId(prismaName);
  return {
    prismaName,
    key: isNamed ? keyOf(prismaName) : null,
    idType: isNamed ? idTypeOf(prismaName) : 'integer',
    idNative: idNativeOf(prismaName),
  };
}

/** `app_label.model` of a model by its name in `schema.prisma`; null if no app declares it. */
export function keyOf(prismaName: string): string | null {
  const model = findUserModel();
  const isUserModel = model !== null && graphNameOf(model) === prismaName;
  const key = isUserModel ? model.name.toLowerCase() : null;
  for (const { appLabel, model: name } of declaredModels(APPS)) {
    const each = `${appLabel}.${name}`;
    if (key === null ? prismaNameOf(appLabel, name) === prismaName : each === key) return each;
  }
  return null;
}

// As PrismaNameOf says it to the compiler.
function prismaNameOf(appLabel: string, model: string): string | null {
  const names = Object.keys(modelGraph());
  const named = (wanted: string) => names.find((name) => name.toLowerCase() === wanted);
  return named(`${appLabel.replaceAll('-', '')}${model}`) ?? named(model) ?? null;
}

const NAMES = ['username', 'name', 'title'];

function nameFieldOf(prismaName: string, fields: GraphModel['fields']): string | null {
  const model = findUserModel();
  if (model && graphNameOf(model) === prismaName) return model.USERNAME_FIELD;
  return NAMES.find((name) => fields[name]?.kind === 'text') ?? null;
}
