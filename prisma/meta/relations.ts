import type { DMMF } from '@prisma/generator-helper';

/** What the metadata says of a field that leads to another model. */
export function relation(field: DMMF.Field, model: DMMF.Model, models: readonly DMMF.Model[]) {
  const target = named(models, field.type);
  if (isKey(field)) {
    const reason = whyNoKey(field);
    if (reason !== null) return unsupportedKey(field, model, reason);
    return { ...foreignKey(field, model), to: field.type };
  }
  const back = inverse(field, target, model);
  if (!isKey(back)) return implicit(field, back, model, target);
  const other = isJoin(target) ? target.fields.find((end) => isKey(end) && end !== back) : null;
  if (!other || !field.isList) return { kind: 'reverse', to: field.type, by: back.name };
  const through = {
    model: target.name,
    table: tableOf(target),
    from: keyColumn(back, target),
    to: keyColumn(other, target),
  };
  return { kind: 'manyToMany', to: other.type, by: other.name, through };
}

/** The name of a model's table. */
export function tableOf({ name, dbName }: DMMF.Model): string {
  return dbName ?? name;
}

function foreignKey(field: DMMF.Field, model: DMMF.Model) {
  const scalar = named(model.fields, field.relationFromFields?.[0] ?? '');
  const isUnique = scalar.isUnique || scalar.isId;
  return {
    ...keyColumn(field, model),
    isRequired: field.isRequired,
    onDelete: field.relationOnDelete ?? null,
    ...(isUnique && { isUnique }),
  };
}

function keyColumn({ relationFromFields }: DMMF.Field, model: DMMF.Model) {
  const scalar = named(model.fields, relationFromFields?.[0] ?? '');
  return { kind: 'foreignKey', scalar: scalar.name, column: scalar.dbName ?? scalar.name };
}

// Every relation of the metadata is by one column to the id: no address names a row otherwise.
function whyNoKey({ relationFromFields, relationToFields }: DMMF.Field): string | null {
  if (relationFromFields?.length !== 1) return 'a key of several columns';
  const [to = ''] = relationToFields ?? [];
  return to === 'id' ? null : `a key to the field "${to}"`;
}

function unsupportedKey(field: DMMF.Field, model: DMMF.Model, type: string) {
  const scalar = named(model.fields, field.relationFromFields?.[0] ?? '');
  const column = scalar.dbName ?? scalar.name;
  return { kind: 'unsupported', column, isRequired: field.isRequired, type, scalar: scalar.name };
}

// Prisma's own table of two columns, A for the model whose name comes first.
function implicit(field: DMMF.Field, back: DMMF.Field, model: DMMF.Model, target: DMMF.Model) {
  const isFirst = model === target ? field.name < back.name : model.name < target.name;
  const end = (column: string) => ({ kind: 'foreignKey', scalar: column, column });
  const [from, to] = isFirst ? ['A', 'B'] : ['B', 'A'];
  const table = `_${field.relationName}`;
  const through = { model: table, table, from: end(from), to: end(to) };
  return { kind: 'manyToMany', to: field.type, by: back.name, through };
}

// A table that only ties two others together, Django's automatic `through`, with an id of its own or
// with the two keys as its id.
function isJoin({ fields }: DMMF.Model): boolean {
  const keys = fields.filter(isKey);
  const isPlain = keys.every((key) => whyNoKey(key) === null);
  const others = fields.filter(({ kind, isId }) => kind !== 'object' && !isId);
  return keys.length === 2 && isPlain && others.length === 2 && fields.length <= 5;
}

function isKey({ kind, relationFromFields }: DMMF.Field): boolean {
  return kind === 'object' && (relationFromFields?.length ?? 0) > 0;
}

function inverse(field: DMMF.Field, target: DMMF.Model, model: DMMF.Model): DMMF.Field {
  const found = target.fields.find(
    (end) =>
      end.kind === 'object' &&
      end.type === model.name &&
      end.relationName === field.relationName &&
      end !== field,
  );
  if (!found)
    throw new Error(
      `${model.name}.${field.name} leads to ${field.type}, which has no other end of it.`,
    );
  return found;
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (!found) throw new Error(`The schema has no ${name}.`);
  return found;
}
