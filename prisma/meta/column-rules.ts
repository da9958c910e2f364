import type { DMMF } from '@prisma/generator-helper';

type Rule = readonly (string | number)[];

/**
 * What PostgreSQL's types say of columns and SQLite does not know, by model and field: the type's name
 * and its numbers; and where each relation leads, so that what is written through it is known too.
 */
export function columnRules(models: readonly DMMF.Model[]) {
  return Object.fromEntries(
    models.map(({ name, dbName, fields, ...model }) => [
      name,
      {
        table: dbName ?? name,
        compounds: [...model.uniqueIndexes, model.primaryKey].flatMap((index) =>
          index && index.fields.length > 1 ? [index.name ?? index.fields.join('_')] : [],
        ),
        rules: Object.fromEntries(
          fields.flatMap((field) => {
            const rule = ruleOf(field);
            return rule ? [[field.name, [field.dbName ?? field.name, ...rule]]] : [];
          }),
        ),
        relations: Object.fromEntries(
          fields.flatMap(({ kind, name: field, type }) =>
            kind === 'object' ? [[field, type]] : [],
          ),
        ),
      },
    ]),
  );
}

function ruleOf({ type, isId, nativeType }: DMMF.Field): Rule | null {
  const [native = '', args = []] = nativeType ?? [];
  const numbers = args.map(Number);
  if (native === 'Money') return ['Decimal', 19, 2];
  if (type === 'Decimal') return ['Decimal', numbers[0] ?? 65, numbers[1] ?? (native ? 0 : 30)];
  if (type === 'BigInt' && isId) return ['BigIntId'];
  if (type === 'BigInt') return ['BigInt'];
  if (native === '' || ['Text', 'Integer', 'JsonB', 'Json', 'Boolean', 'ByteA'].includes(native))
    return null;
  if (native.startsWith('Timestamp') && (numbers[0] ?? 3) >= 3) return null;
  return [native, ...numbers];
}
