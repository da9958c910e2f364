import { MODEL_META } from '@/lib/generated/model-meta';

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

/** A foreign key of a table that ties two others together. */
type KeyColumn = { scalar: string; column: string };

type Key = { to: string; column: string; isRequired: boolean; onDelete: string | null };
type Field =
  | ({ kind: 'foreignKey' } & Key)
  | { kind: 'reverse'; to: string; by: string }
  | {
      kind: 'manyToMany';
      to: string;
      through: { model: string; table: string; from: KeyColumn; to: KeyColumn };
    }
  | { kind: 'id' | 'integer' | 'text' | 'boolean' | 'datetime' };

/** The tables of the schema and their fields, by the models' names in `schema.prisma`. */
export const MODELS: {
  readonly [prismaName: string]: { table: string; fields: Readonly<Record<string, Field>> };
} = MODEL_META;

/**
 * Every table with foreign keys to a model, by its name in `schema.prisma`. Keys that may be empty
 * are emptied, unless the schema says Cascade; the others take their rows along.
 * Django: db/models/deletion.py get_candidate_relations_to_delete; on_delete
 */
export function referencesTo(prismaName: string): Reference[] {
  return Object.values(MODELS[prismaName]?.fields ?? {}).flatMap((field): Reference[] => {
    if (field.kind === 'manyToMany') {
      const { model, table, from, to } = field.through;
      const other = { prismaName: field.to, column: to.column };
      return [{ prismaName: model, table, column: from.column, other, fate: 'deleted' }];
    }
    if (field.kind !== 'reverse') return [];
    const key = MODELS[field.to]?.fields[field.by];
    const table = MODELS[field.to]?.table;
    if (key?.kind !== 'foreignKey' || table === undefined) return [];
    const isDeleted = key.isRequired || key.onDelete === 'Cascade';
    const fate = isDeleted ? 'deleted' : 'kept without it';
    return [{ prismaName: field.to, table, column: key.column, other: null, fate }];
  });
}
