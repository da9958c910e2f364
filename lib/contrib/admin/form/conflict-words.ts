import type { LineConflict } from '@/lib/contrib/admin/inlines/judge-lines';
import { type FieldMeta, getField, modelMeta } from '@/lib/contrib/admin/meta';
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
  lines: readonly LineConflict[] = [],
): Promise<string[]> {
  const who = whoIn(admin, [...by, ...lines.flatMap((line) => line.by)]);
  const told: string[] = [];
  for (const line of lines) told.push(...(await lineWords(admin, line)));
  return [
    `${who} changed this ${admin.meta.verboseName} while you had it open. Nothing of yours is saved yet.`,
    ...(await fieldWords(admin, fields, row)),
    ...told,
    'What you entered is below: save again to put it in place of that.',
  ];
}

/** The same of a list that is changed itself, of all its rows that others have changed. */
export async function listConflictWords(
  admin: ModelAdmin,
  rows: readonly LineConflict[],
): Promise<string[]> {
  const who = whoIn(
    admin,
    rows.flatMap(({ by }) => by),
  );
  const told: string[] = [];
  for (const { row, fields } of rows) {
    const words = row ? await fieldWords(admin, fields, row) : [];
    told.push(...words.map((text) => `${row ? strOf(admin, row) : ''}: ${text}`));
  }
  const gone = rows.filter(({ row }) => row === null).length;
  const { verboseName, verboseNamePlural } = admin.meta;
  const kind = gone === 1 ? `${verboseName} is` : `${verboseNamePlural} are`;
  return [
    `${who} changed rows of this list while you had it open. Nothing of yours is saved yet.`,
    ...told,
    ...(gone > 0 ? [`${gone} ${kind} not there any more.`] : []),
    'What you entered is below: save again to put it in place of that.',
  ];
}

function whoIn({ site }: ModelAdmin, by: readonly Row[]): string {
  const person = site.find(peopleKey());
  const names = by.flatMap((row) => (person ? [strOf(person, row)] : []));
  return names.length > 0 ? getTextList([...new Set(names)]) : 'Somebody';
}

async function fieldWords(
  admin: ModelAdmin,
  fields: readonly FieldMeta[],
  row: Row,
): Promise<string[]> {
  const words: string[] = [];
  for (const field of fields) {
    const texts = await textsOf(admin, field, row);
    const now = texts.length > 0 ? texts.map((text) => `“${text}”`).join(', ') : 'empty';
    words.push(`${capfirst(field.verboseName)} is now ${now}.`);
  }
  return words;
}

async function lineWords(
  { site }: ModelAdmin,
  { admin, fields, prefix, row }: LineConflict,
): Promise<string[]> {
  const { meta, options } = admin;
  const number = Number(/\d+$/.exec(prefix)?.[0] ?? 0) + 1;
  const line = `${capfirst(meta.verboseName)} ${number}`;
  if (!row) {
    return [
      `${line} is not there any more: saved again it is a new one, unless you empty or remove it.`,
    ];
  }
  const words = await fieldWords({ meta, options, site }, fields, row);
  return words.map((text) => `${line}, “${strOf(admin, row)}”: ${text}`);
}

// The model of who may enter the admin: the history names it.
function peopleKey(): string {
  const user = getField(modelMeta('admin.logentry'), 'user');
  return user.kind === 'foreignKey' ? String(user.to.key) : '';
}
