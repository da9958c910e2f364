import { brought } from '@/lib/apps/registry';
import { momentFormat } from '@/lib/core/moments';
import { visibleText } from '@/lib/core/text';
import { Prisma } from '@/lib/db/client';
import { identifier } from '@/lib/db/identifiers';

/** What is known of a grant that ends by itself: when, and who gave it why. */
export type TimedGrant = { id: number; until: Date; granter: string; reason: string };

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /**
     * Tables whose rows give a person, `user_id`, a permission or a group, `permission_id` or
     * `group_id`, for as long as it is not yet `until`; with `id`, `granter` and `reason`.
     */
    readonly grantTables?: readonly string[];
  }
}

/**
 * What is granted for a time and still counts at `now`, as the table of a raw statement: `id`,
 * `user_id`, `permission_id`, `group_id`, `until`, `granter`, `reason`. None or one, to be spread: none
 * where no app has such grants. At `until` itself a grant counts no more, whatever has or has not run.
 * Django: no counterpart
 */
export function timedGrants(now = new Date()): Prisma.Sql[] {
  const tables = brought('grantTables');
  if (tables.length === 0) return [];
  const rows = tables.map(
    (table) => Prisma.sql`
      SELECT id, user_id, permission_id, group_id, until, granter, reason
      FROM ${identifier(table)} WHERE until > ${now}`,
  );
  return [Prisma.sql`(${Prisma.join(rows, ' UNION ALL ')})`];
}

const clock = momentFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** When a grant ends, as a sentence goes on: "until 5 Dec 2026, 14:00 UTC". */
export function untilWords({ until }: Pick<TimedGrant, 'until'>): string {
  return `until ${clock(until)}`;
}

/** The same with who gave it and why. */
export function timedWords(grant: TimedGrant): string {
  // A sentence goes on behind it, or ends.
  const reason = visibleText(grant.reason).replace(/[.\s]+$/, '');
  return `${untilWords(grant)}, granted by ${visibleText(grant.granter)}: ${reason}`;
}

/** The moment that a statement gave as text, on either database, in UTC. */
export function momentOf(text: string): Date {
  return new Date(
    `${text
      .replace(/\+00.*$/, '')
      .slice(0, 23)
      .replace(' ', 'T')}Z`,
  );
}
