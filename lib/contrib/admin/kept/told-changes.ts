import { namedRows } from '@/lib/contrib/admin/form/choices';
import { fieldsetsOf } from '@/lib/contrib/admin/form/form-fields';
import { type FieldMeta, getField } from '@/lib/contrib/admin/meta';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { capfirst, visibleText } from '@/lib/core/text';
import { db } from '@/lib/db/client';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import { type KeptChange, keptIn } from './kept-changes';

/** What one field of a row was and became, as people read it; of many rows those that came and went. */
export type ToldChange = { label: string } & (
  | { from: string; to: string }
  | { added: string[]; removed: string[] }
);

type KeyMeta = Extract<FieldMeta, { kind: 'foreignKey' | 'manyToMany' }>;

const GONE = 'one that is gone';

/**
 * What entries of the history keep of a row's fields, in the words of its form and in the order of it;
 * of fields that the form has no more nothing. `admin` as `adminSeenBy` gives it, so that names stay
 * private. A statement for each field that names other rows.
 * Django: no counterpart
 */
export async function toldChanges(
  admin: ModelAdmin,
  entries: readonly { id: number; changeMessage: string }[],
): Promise<Map<number, ToldChange[]>> {
  const fields = fieldsetsOf(admin)
    .flatMap((each) => each.fields)
    .map((name) => getField(admin.meta, name));
  const kept = entries.flatMap(({ id, changeMessage }) => {
    const changes = keptIn(changeMessage);
    return changes ? [{ id, changes }] : [];
  });
  const told = new Map<number, ToldChange[]>(kept.map(({ id }) => [id, []]));
  for (const field of fields) {
    const moves = kept.flatMap(({ id, changes }) => {
      const [change, time] = [field.formName, `${field.formName}_1`].map((name) => changes[name]);
      const day = change ?? changes[`${field.formName}_0`];
      return day || time ? [{ id, change: day, time }] : [];
    });
    const names = await namesIn(
      admin,
      field,
      moves.flatMap(({ change }) => idsOf(change)),
    );
    for (const { id, change, time } of moves) {
      const label = capfirst(field.verboseName);
      if (change && !Array.isArray(change)) {
        const named = (ids: readonly string[]) => ids.map((each) => names.get(each) ?? GONE);
        told.get(id)?.push({ label, added: named(change.added), removed: named(change.removed) });
        continue;
      }
      const hour = Array.isArray(time) ? time : [];
      const [from, to] = [0, 1].map((i) =>
        wordsOf(field, [change?.[i], hour[i]].filter(Boolean).join(' '), names),
      );
      told.get(id)?.push({ label, from: from ?? '', to: to ?? '' });
    }
  }
  return told;
}

function idsOf(change: KeptChange | undefined): string[] {
  if (!change) return [];
  return Array.isArray(change) ? change : [...change.added, ...change.removed];
}

async function namesIn(
  admin: ModelAdmin,
  field: FieldMeta,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (!isKey(field) || ids.length === 0) return new Map();
  const wanted = [...new Set(ids)].flatMap((id): RowId[] => {
    const parsed = parseRowId(id, field.to);
    return parsed === null ? [] : [parsed];
  });
  const rows = await namedRows(db, admin, { to: field.to, ids: wanted });
  return new Map(rows.map(([id, text]) => [String(id), text]));
}

function isKey(field: FieldMeta): field is KeyMeta {
  return field.kind === 'foreignKey' || field.kind === 'manyToMany';
}

// As much of a text as a sentence holds.
const SHOWN = 200;

function wordsOf(field: FieldMeta, text: string, names: ReadonlyMap<string, string>): string {
  if (text === '') return field.kind === 'boolean' ? 'no' : 'nothing';
  if (field.kind === 'boolean') return ['on', 'true'].includes(text) ? 'yes' : 'no';
  if (isKey(field)) return `“${names.get(text) ?? GONE}”`;
  const choices = 'choices' in field ? (field.choices ?? []) : [];
  const choice = choices.find(([stored]) => String(stored) === text);
  const letters = [...visibleText(choice?.[1] ?? text)];
  return `“${letters.length > SHOWN ? `${letters.slice(0, SHOWN).join('')}…` : letters.join('')}”`;
}
