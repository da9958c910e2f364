import { modelGraph } from './model-graph';

/** A table whose rows refer to a model's rows, and what becomes of them when these are deleted. */
export type Reference = {
  prismaName: string;
  table: string;
  /** The column with the deleted row's id. */
  column: string;
  /** The other end, for a table that only ties two models together. */
  other: { prismaName: string; column: string } | null;
  fate: 'deleted' | 'kept without it';
};

/**
 * Every table with foreign keys to a model, by its name in `schema.prisma`. Keys that may be empty
 * are emptied, unless the schema says Cascade; the others take their rows along. A key with Restrict is
 * none: its rows are another application's, and keep what they refer to.
 * Django: db/models/deletion.py get_candidate_relations_to_delete; on_delete
 */
export function referencesTo(prismaName: string): Reference[] {
  const models = modelGraph();
  return Object.values(models[prismaName]?.fields ?? {}).flatMap((field): Reference[] => {
    if (field.kind === 'manyToMany') {
      const { model, table, from, to } = field.through;
      const other = { prismaName: field.to, column: to.column };
      return [{ prismaName: model, table, column: from.column, other, fate: 'deleted' }];
    }
    if (field.kind !== 'reverse') return [];
    const key = models[field.to]?.fields[field.by];
    const table = models[field.to]?.table;
    if (key?.kind !== 'foreignKey' || table === undefined) return [];
    if (key.onDelete === 'Restrict') return [];
    const isDeleted = key.isRequired || key.onDelete === 'Cascade';
    const fate = isDeleted ? 'deleted' : 'kept without it';
    return [{ prismaName: field.to, table, column: key.column, other: null, fate }];
  });
}
