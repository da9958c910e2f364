import type { State } from './world';

/** What a step did to one person: their identity or sessions, what they hold, their being awake. */
export type Deed = {
  whom: number;
  what: 'touched' | 'raised' | 'woken' | 'added';
  holds: string[];
};

/** Everything that a step did which it takes a right to do. */
export function deedsOf(
  before: ReadonlyMap<number, State>,
  after: ReadonlyMap<number, State>,
): Deed[] {
  const deeds: Deed[] = [];
  for (const [whom, then] of before) {
    const now = after.get(whom);
    const holds = [...then.holds];
    const isGone =
      !now ||
      now.identity !== then.identity ||
      now.isActive !== then.isActive ||
      now.sessions < then.sessions ||
      now.waits < then.waits;
    if (isGone) deeds.push({ whom, what: 'touched', holds });
    if (!now) continue;
    if (now.isStaff && !then.isStaff) deeds.push({ whom, what: 'woken', holds: [...now.holds] });
    const gained = [...now.holds].filter((perm) => !then.holds.has(perm));
    if (gained.length > 0) deeds.push({ whom, what: 'raised', holds: gained });
  }
  for (const [whom, { holds }] of after) {
    if (!before.has(whom)) deeds.push({ whom, what: 'added', holds: [...holds] });
  }
  return deeds;
}

/** Those of the deeds for which whoever did them did not hold enough, in words. */
export function violations(
  deeds: readonly Deed[],
  by: number,
  before: ReadonlyMap<number, State>,
): string[] {
  const own = before.get(by)?.holds ?? new Set();
  return deeds.flatMap(({ whom, what, holds }) => {
    if (whom === by) return what === 'raised' || what === 'woken' ? [`raised themselves`] : [];
    const lacking = holds.filter((perm) => !own.has(perm));
    if (lacking.length === 0) return [];
    return [`${before.get(whom)?.name ?? whom} was ${what}, who holds ${lacking.join(', ')}`];
  });
}
