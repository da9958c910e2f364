import type { FormView } from '@/lib/contrib/admin/form/change-form';
import { namedRows } from '@/lib/contrib/admin/form/choices';
import { type FieldMeta, fieldByFormName } from '@/lib/contrib/admin/meta';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { unseenIds } from '@/lib/contrib/admin/private-names';
import { getContentType } from '@/lib/contrib/contenttypes/models';
import { db } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import { keptIn } from './kept-changes';

/** A form as it was before an act of the past: filled with that, and saved as any other. */
export type FormThen = {
  view: FormView;
  /** When that act was. */
  time: Date;
  /** Whether the history keeps all that has changed since. */
  isWhole: boolean;
};

// Acts that are gone back over at once.
const MOST_ENTRIES = 200;

type Asked = { user: AdminUser; row: Row; entry: unknown };

/**
 * The form of a row filled with what it was before an entry of its history: the fields that the history
 * keeps, as far as whoever looks may give them. Nothing is written: the form is saved like any other,
 * by the same permissions, rules and review. Null for what is no entry of this row.
 * Django: no counterpart; django-reversion revert view
 */
export async function formThen(
  admin: ModelAdmin,
  view: FormView,
  { user, row, entry }: Asked,
): Promise<FormThen | null> {
  const first = typeof entry === 'string' ? parseId(entry) : null;
  if (first === null) return null;
  const { appLabel, modelName } = admin.meta;
  const contentType = await getContentType(appLabel, modelName);
  const entries = await db.logEntry.findMany({
    where: {
      contentTypeId: contentType?.id ?? 0,
      objectId: String(row.id),
      id: { gte: first },
    },
    orderBy: { id: 'desc' },
    take: MOST_ENTRIES + 1,
  });
  const act = entries.at(-1);
  if (act?.id !== first) return null;
  const values = { ...view.values };
  let isWhole = true;
  for (const { changeMessage } of entries) {
    const changes = keptIn(changeMessage);
    if (!changes) isWhole &&= !changeMessage.includes('"changed"');
    for (const [name, change] of Object.entries(changes ?? {})) {
      if (values[name] === undefined) continue;
      if (Array.isArray(change)) values[name] = change[0];
      else values[name] = withoutMove(values[name], change);
    }
  }
  return {
    view: await givable(admin, { ...view, values }, { user, held: view.values }),
    time: act.actionTime,
    isWhole,
  };
}

function withoutMove(
  text: string,
  { added, removed }: { added: readonly string[]; removed: readonly string[] },
): string {
  const held = text.split(',').filter((id) => id !== '' && !added.includes(id));
  return [...new Set([...held, ...removed])].join(',');
}

type Looking = { user: AdminUser; held: Readonly<Record<string, string>> };

// Rows that are gone, that whoever looks may not name or may not give, stay as they are now.
async function givable(admin: ModelAdmin, view: FormView, looking: Looking): Promise<FormView> {
  const values = { ...view.values };
  const sections = structuredClone(view.sections);
  for (const shown of sections.flatMap(({ fields }) => fields)) {
    const { name, widget, locked } = shown;
    const [was, is] = [values[name], looking.held[name]];
    if (locked !== undefined || !widget) {
      for (const each of [name, `${name}_0`, `${name}_1`]) {
        const now = looking.held[each];
        if (now !== undefined) values[each] = now;
      }
      continue;
    }
    const field = fieldByFormName(admin.meta, name);
    if (was === undefined || was === is || !field || !isKey(field)) continue;
    const kept = (is ?? '').split(',');
    const refused = 'locked' in widget ? (widget.locked?.ids.map(String) ?? []) : [];
    const named = await namesOf(admin, field, { user: looking.user, ids: was.split(',') });
    const ids = was
      .split(',')
      .filter((id) => kept.includes(id) || (named.has(id) && !refused.includes(id)));
    values[name] =
      field.kind === 'foreignKey' && ids.length === 0 && was !== '' ? (is ?? '') : ids.join(',');
    if ('text' in widget)
      widget.text = named.get(values[name]) ?? (values[name] === is ? widget.text : '');
  }
  return { ...view, sections, values };
}

type KeyMeta = Extract<FieldMeta, { kind: 'foreignKey' | 'manyToMany' }>;

function isKey(field: FieldMeta): field is KeyMeta {
  return field.kind === 'foreignKey' || field.kind === 'manyToMany';
}

async function namesOf(
  admin: ModelAdmin,
  field: KeyMeta,
  { user, ids }: { user: AdminUser; ids: readonly string[] },
): Promise<Map<string, string>> {
  const parsed: RowId[] = ids.flatMap((id) => parseRowId(id, field.to) ?? []);
  const unseen = await unseenIds(admin, field, { user, ids: parsed });
  const seen = parsed.filter((id) => !unseen.has(id));
  const rows = await namedRows(db, admin, { to: field.to, ids: seen });
  return new Map(rows.map(([id, text]) => [String(id), text]));
}
