import type { ModelAdmin, Row } from '@/lib/contrib/admin/options';
import { strOf } from '@/lib/contrib/admin/rows';
import { referringTable } from '@/lib/db/errors';
import type { ForeignRows } from './foreign-rows';

const MOST_NAMED = 20;

/**
 * Why rows cannot go to which rows of other applications refer, in sentences: each is named, if there
 * are several, and what can be done instead. None if nothing is in the way.
 */
export function foreignRefusals(
  admin: ModelAdmin,
  rows: readonly Row[],
  foreign: readonly ForeignRows[],
): string[] {
  const blocking = foreign.filter(({ fate }) => fate === 'refused');
  const blocked = rows.filter(({ id }) => blocking.some(({ counts }) => counts.has(id)));
  if (blocked.length === 0) return [];
  if (rows.length === 1) {
    return blocked.map((row) => `${capitalized(reasonsOf(row, blocking))}; ${remedy(admin, 1)}.`);
  }
  const named = blocked
    .slice(0, MOST_NAMED)
    .map((row) => `“${strOf(admin, row)}” cannot go: ${reasonsOf(row, blocking)}.`);
  const further = blocked.length - named.length;
  const more = further > 0 ? [`So it is with ${further.toLocaleString('en')} more.`] : [];
  return [...named, ...more, `${capitalized(remedy(admin, 2))}, or leave them out.`];
}

/** The same where only the database's refusal is known. */
export function unknownReference(admin: ModelAdmin, error: unknown, count: number): string {
  const table = referringTable(error);
  const rows = table === null ? 'Rows of another application' : `Rows of ${table}`;
  const whom = count === 1 ? 'it' : 'one of these';
  return `${rows} refer to ${whom} or to what goes with it; ${remedy(admin, count)}. Nothing was deleted.`;
}

/** How many rows of other tables have this fate, by what they are called. */
export function foreignCounts(foreign: readonly ForeignRows[], fate: ForeignRows['fate']) {
  const sums = new Map<string, number>();
  for (const each of foreign) {
    if (each.fate !== fate) continue;
    const sum = [...each.counts.values()].reduce((a, b) => a + b, sums.get(each.table) ?? 0);
    sums.set(each.table, sum);
  }
  return [...sums].map(([table, count]) => ({
    name: `${count === 1 ? 'row' : 'rows'} of ${table}`,
    count,
  }));
}

function reasonsOf({ id }: Row, blocking: readonly ForeignRows[]): string {
  const parts = blocking.flatMap(({ table, counts, isDirect }) => {
    const count = counts.get(id) ?? 0;
    if (count === 0) return [];
    const rows = count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`;
    const verb = count === 1 ? 'refers' : 'refer';
    return [`${rows} of ${table} ${verb} to ${isDirect ? 'it' : 'what goes with it'}`];
  });
  return parts.join(' and ');
}

function remedy({ meta }: ModelAdmin, count: number): string {
  const instead = meta.fields.has('isActive')
    ? `, or deactivate ${count === 1 ? 'it' : 'them'} here`
    : '';
  return `delete those in the other application${instead}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
