import { keyOf, modelMeta } from '@/lib/contrib/admin/meta';
import { modelGraph } from '@/lib/contrib/auth/users/model-graph';

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
 * are emptied, unless the schema says Cascade; the others take their rows along.
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
    const isDeleted = key.isRequired || key.onDelete === 'Cascade';
    const fate = isDeleted ? 'deleted' : 'kept without it';
    return [{ prismaName: field.to, table, column: key.column, other: null, fate }];
  });
}

/**
 * What so many rows of a model are called: "users", "log entry", "user-group relationships".
 * Django: contrib/admin/utils.py model_ngettext; create_many_to_many_intermediary_model
 */
export function nameOfKind(prismaName: string, count: number): string {
  const key = keyOf(prismaName);
  if (key) {
    const { verboseName, verboseNamePlural } = modelMeta(key);
    return count === 1 ? verboseName : verboseNamePlural;
  }
  const ends = Object.values(modelGraph()[prismaName]?.fields ?? {}).flatMap((field) =>
    field.kind === 'foreignKey' ? [keyOf(field.to)?.split('.')[1] ?? field.to.toLowerCase()] : [],
  );
  return `${ends.join('-')} relationship${count === 1 ? '' : 's'}`;
}
