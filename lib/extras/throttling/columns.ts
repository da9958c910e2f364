import type { PageColumn } from '@/lib/contrib/admin/list/list-options';
import type { AdminUser } from '@/lib/contrib/admin/options';
import { personCells } from '@/lib/contrib/auth/admin/people/person-cells';
import { accountPart, knownOwners } from './list';

type Counter = { id: number; key: string; scope: string; started: Date };

/**
 * Whom a counter is about, as far as it is known: counters hold hashes, because people type passwords
 * into the wrong field.
 */
export const whoColumn: PageColumn<Counter, AdminUser> = {
  name: 'key',
  label: 'Who',
  ordering: 'key',
  async valuesOf(rows, viewer) {
    const owners = await knownOwners(rows);
    const cells = await personCells(owners.values(), viewer);
    return new Map(
      rows.map(({ id, key, scope }) => {
        if (scope === 'network') return [id, key];
        const cell = cells.get(owners.get(accountPart(key)) ?? 0);
        return [id, cell ?? 'A name that is not known'];
      }),
    );
  },
};

const KINDS: Readonly<Record<string, string>> = {
  login: 'Sign-in',
  password_reset: 'Password reset',
  password_change: 'Password change',
};

/** What is tried, in words. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind.replaceAll('_', ' ');
}

/** When nobody has to wait any more; null where nobody does. */
export function waitsUntil(blockedUntil: Date, now = new Date()): Date | null {
  return blockedUntil > now ? blockedUntil : null;
}
