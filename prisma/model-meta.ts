/**
 * A Prisma generator: writes what the admin must know of every model into
 * lib/generated/model-meta.ts, from the description that Prisma gives every generator.
 */
import { writeFileSync } from 'node:fs';
import generatorHelper, { type DMMF } from '@prisma/generator-helper';

const KINDS: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'integer',
  Boolean: 'boolean',
  DateTime: 'datetime',
};

generatorHelper.generatorHandler({
  onManifest: () => ({ prettyName: 'Model metadata', defaultOutput: '../lib/generated' }),
  onGenerate: async ({ dmmf: { datamodel }, generator }) => {
    const meta = datamodel.models.map((model) => [model.name, metaOf(model, datamodel.models)]);
    const text = JSON.stringify(Object.fromEntries(meta), null, 2);
    const file = `${generator.output?.value}/model-meta.ts`;
    writeFileSync(file, `export const MODEL_META = ${text} as const;\n`);
  },
});

function metaOf(model: DMMF.Model, models: readonly DMMF.Model[]) {
  const keys = new Set(model.fields.flatMap((field) => field.relationFromFields ?? []));
  const fields = model.fields
    .filter(({ name }) => !keys.has(name))
    .map((field) => [field.name, field.kind === 'object' ? relation(field) : column(field)]);
  return { table: tableOf(model), fields: Object.fromEntries(fields) };

  function relation(field: DMMF.Field) {
    const target = named(models, field.type);
    if (!field.isList) return { ...foreignKey(field, model), to: field.type };
    const back = inverse(field, target);
    const other = isJoin(target) ? target.fields.find((end) => isKey(end) && end !== back) : null;
    if (!other) return { kind: 'reverse', to: field.type, by: back.name };
    const through = {
      model: target.name,
      table: tableOf(target),
      from: foreignKey(back, target),
      to: foreignKey(other, target),
    };
    return { kind: 'manyToMany', to: other.type, by: other.name, through };
  }
}

function column(field: DMMF.Field) {
  return {
    kind: field.isId ? 'id' : KINDS[field.type],
    column: field.dbName ?? field.name,
    maxLength: Number(field.nativeType?.[1][0] ?? 0) || null,
    isRequired: field.isRequired,
    isUnique: field.isUnique,
  };
}

function foreignKey({ relationFromFields, ...field }: DMMF.Field, model: DMMF.Model) {
  const scalar = named(model.fields, relationFromFields?.[0] ?? '');
  return {
    kind: 'foreignKey',
    scalar: scalar.name,
    column: scalar.dbName ?? scalar.name,
    isRequired: field.isRequired,
    onDelete: field.relationOnDelete ?? null,
  };
}

// A table that only ties two others together, Django's automatic `through`.
function isJoin({ fields }: DMMF.Model): boolean {
  const keys = fields.filter(isKey);
  return keys.length === 2 && fields.length === 5;
}

function isKey(field: DMMF.Field): boolean {
  return field.kind === 'object' && !field.isList;
}

function inverse(field: DMMF.Field, target: DMMF.Model): DMMF.Field {
  const found = target.fields.find((end) => end.relationName === field.relationName && isKey(end));
  if (!found) throw new Error(`${field.type} has no other end of ${field.name}.`);
  return found;
}

function tableOf({ name, dbName }: DMMF.Model): string {
  return dbName ?? name;
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`The schema has no ${name}.`);
  return found;
}
