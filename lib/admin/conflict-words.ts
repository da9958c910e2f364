import { capfirst, getTextList } from '@/lib/core/text';
import { textsOf } from './change-form';
import type { ModelAdmin, Row } from './options';
import type { Conflict } from './versions';

/**
 * What the second of two people reads: who changed the row while she had its form open, what each
 * field says now, and that hers is still there to be saved.
 */
export async function conflictWords(
  admin: ModelAdmin,
  { usernames, fields }: Conflict,
  row: Row,
): Promise<string[]> {
  const who = usernames.length > 0 ? getTextList(usernames) : 'Somebody';
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
