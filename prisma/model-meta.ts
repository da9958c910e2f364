/**
 * A Prisma generator: writes what the admin must know of every model into
 * lib/generated/model-meta.ts, and what SQLite must be told of columns into column-rules.ts beside it,
 * from the description that Prisma gives every generator.
 */
import { writeFileSync } from 'node:fs';
import generatorHelper, { type DMMF } from '@prisma/generator-helper';
import { columnRules } from './meta/column-rules';
import { column } from './meta/columns';
import { relation, tableOf } from './meta/relations';
import { unsupportedColumns } from './meta/unsupported';

generatorHelper.generatorHandler({
  onManifest: () => ({ prettyName: 'Model metadata', defaultOutput: '../lib/generated' }),
  onGenerate: async ({ dmmf: { datamodel }, datamodel: schema, generator }) => {
    const { models } = datamodel;
    const meta = models.map((model) => [model.name, metaOf(model, datamodel, schema)]);
    write('model-meta', 'MODEL_META', Object.fromEntries(meta));
    write('column-rules', 'COLUMN_RULES', columnRules(models));

    function write(name: string, constant: string, value: object) {
      const text = JSON.stringify(value, null, 2);
      const file = `${generator.output?.value}/${name}.ts`;
      writeFileSync(file, `export const ${constant} = ${text} as const;\n`);
    }
  },
});

function metaOf(model: DMMF.Model, { models, enums }: DMMF.Datamodel, schema: string) {
  const keys = new Map(
    model.fields.flatMap(({ name, relationFromFields }) =>
      (relationFromFields ?? []).map((scalar) => [scalar, name] as const),
    ),
  );
  const fields = model.fields
    // An id that is a key as well is still the id.
    .filter(({ name, isId }) => isId || !keys.has(name))
    .map((field) => [
      field.name,
      field.kind === 'object' ? relation(field, model, models) : column(field, enums),
    ]);
  const together = model.uniqueFields.map((names) => names.map((name) => keys.get(name) ?? name));
  return {
    table: tableOf(model),
    ...(together.length > 0 && { uniqueTogether: together }),
    fields: { ...Object.fromEntries(fields), ...unsupportedColumns(model.name, schema) },
  };
}
