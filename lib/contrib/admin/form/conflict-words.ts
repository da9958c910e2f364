import { getField, modelMeta } from '@/lib/contrib/admin/meta';
import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { capfirst, getTextList } from '@/lib/core/text';
import type { Conflict } from './versions';
import { textsOf } from './widgets';

/**
 * What the second of two people reads: who changed the row while she had its form open, what each
 * field says now, and that hers is still there to be saved. `admin` as `adminSeenBy` gives it.
 */
export async function conflictWords(
  admin: ModelAdmin,
  { by, fields }: Conflict,
  row: Row,
): Promise<string[]> {
  const person = admin.site.find(peopleKey());
  const names = by.flatMap((row) => (person ? [strOf(person, row)] : []));
  const who = names.length > 0 ? getTextList(names) : 'Somebody';
  const lines: string[] = [];
  for (const field of fields) {
    const texts = await textsOf(admin, field, row);
    const now = texts.length > 0 ? texts.map((text) => `“${text}”`).join(', ') : 'empty';
    lines.push(`${capfirst(field.verboseName)} is now ${now}.`);
  }
  return [
    `${who} changed this ${admin.meta.verboseName} while you had it open. Nothing of yours is saved yet.`,
    ...lines,
    'What you entered is below: save again to put it in place of that.',
  ];
}

// The model of who may enter the admin: the history names it.
function peopleKey(): string {
  const user = getField(modelMeta('admin.logentry'), 'user');
  return user.kind === 'foreignKey' ? String(user.to.key) : '';
}
