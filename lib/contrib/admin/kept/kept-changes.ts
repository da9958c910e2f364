import { z } from 'zod';
import { settings } from '@/lib/conf/settings';
import { isFile } from '@/lib/contrib/admin/files/file-fields';
import { valuesOf } from '@/lib/contrib/admin/form/change-form';
import { isSecret } from '@/lib/contrib/admin/lookups/lookups';
import type { FieldMeta, ModelMeta } from '@/lib/contrib/admin/meta';
import type { ChangeMessage } from '@/lib/contrib/admin/models';
import type { Row, Values } from '@/lib/contrib/admin/options';
import { encryptedColumns } from '@/lib/db/secrets/encrypted-columns';
import { rowIdsIn } from '@/lib/forms/row-id';

const change = z.union([
  z.tuple([z.string(), z.string()]),
  z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
]);
const kept = z.object({ was: z.record(z.string(), change) });

/** What a field was and became, as a form holds it; of many rows the ids that came and that went. */
export type KeptChange = z.infer<typeof change>;

/** The same by the names of a form's controls. */
export type KeptChanges = Readonly<Record<string, KeptChange>>;

// Characters of one value, and ids: what is longer than a form's text is named, and not kept.
const LONGEST = 4000;
const MOST_IDS = 400;

/**
 * What the history keeps of a changed row besides the names of its fields: what they were, and what they
 * became; nothing unless settings.ADMIN_LOG_VALUES says so. Never a password, a file or what is encrypted, nor the longest of texts.
 * Django: no counterpart, where a reader passes over it
 */
export function keptMessages(
  meta: ModelMeta,
  changed: readonly FieldMeta[],
  { before, values }: { before: Row | null; values: Values },
): ChangeMessage[] {
  if (!before || !settings.ADMIN_LOG_VALUES) return [];
  const changes = Object.fromEntries(
    changed
      .filter((field) => mayBeKept(meta, field))
      .flatMap((field) => changesOf(field, before, values)),
  );
  return Object.keys(changes).length > 0 ? [{ was: changes }] : [];
}

/** The same of what an action has moved, by names in the form: ids that came and went, or texts. */
export function keptMoves(
  moves: Readonly<
    Record<
      string,
      readonly [string, string] | { added?: readonly number[]; removed?: readonly number[] }
    >
  >,
): ChangeMessage[] {
  if (!settings.ADMIN_LOG_VALUES) return [];
  const changes = Object.entries(moves).flatMap(([name, move]): [string, KeptChange][] => {
    if ('added' in move || 'removed' in move) {
      const [added = [], removed = []] = [move.added?.map(String), move.removed?.map(String)];
      const count = added.length + removed.length;
      return count === 0 || count > MOST_IDS ? [] : [[name, { added, removed }]];
    }
    return Array.isArray(move) ? [[name, [move[0], move[1]]]] : [];
  });
  return changes.length > 0 ? [{ was: Object.fromEntries(changes) }] : [];
}

/** What an entry keeps of it; null for one that keeps nothing. Never throws: others write the table. */
export function keptIn(changeMessage: string): KeptChanges | null {
  if (!changeMessage.includes('"was"')) return null;
  try {
    const messages: unknown = JSON.parse(changeMessage);
    if (!Array.isArray(messages)) return null;
    for (const message of messages) {
      const found = kept.safeParse(message);
      if (found.success) return found.data.was;
    }
    return null;
  } catch {
    return null;
  }
}

/** Whether a part of a message is what was kept. */
export function isKept(message: unknown): boolean {
  return kept.safeParse(message).success;
}

function mayBeKept({ table }: ModelMeta, field: FieldMeta): boolean {
  if (isSecret(field.formName) || isFile(field)) return false;
  const name = 'column' in field ? `${table}.${field.column}` : null;
  return name === null || !encryptedColumns().some((column) => column.name === name);
}

function changesOf(field: FieldMeta, before: Row, values: Values): [string, KeptChange][] {
  if (field.kind === 'manyToMany') {
    const [was, is] = [rowIdsIn(before[field.name]), rowIdsIn(values[field.name])].map((ids) =>
      ids.map(String),
    );
    const added = is?.filter((id) => !was?.includes(id)) ?? [];
    const removed = was?.filter((id) => !is?.includes(id)) ?? [];
    return added.length + removed.length > MOST_IDS ? [] : [[field.formName, { added, removed }]];
  }
  const name = field.kind === 'foreignKey' ? field.scalar : field.name;
  const after = valuesOf(field, { id: before.id, [name]: values[field.name] });
  return valuesOf(field, before).flatMap(([key, from], i): [string, KeptChange][] => {
    const to = after[i]?.[1] ?? '';
    return from === to || from.length + to.length > LONGEST ? [] : [[key, [from, to]]];
  });
}
