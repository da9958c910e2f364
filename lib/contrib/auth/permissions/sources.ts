import { compare } from '@/lib/core/compare';
import type { TimedGrant } from './timed-grants';

/** Where a permission comes from; `timed` where it ends by itself. */
export type Source =
  | { kind: 'superuser' }
  | { kind: 'direct'; timed?: TimedGrant }
  | { kind: 'group'; id: number; name: string; timed?: TimedGrant }
  | { kind: 'backend'; backend: string; reason: string };

/** A permission that a user holds: `app.codename`, its label, and everything it comes from. */
export type HeldPermission = { perm: string; name: string; sources: Source[] };

const ORDER: Source['kind'][] = ['superuser', 'direct', 'group', 'backend'];

/**
 * The same text for two sources exactly when they are the same: of two groups the id decides, and
 * what is given for a time is something else than the same given for good.
 */
export function sourceKey(source: Source): string {
  const timed = 'timed' in source && source.timed ? ` for a time ${source.timed.id}` : '';
  switch (source.kind) {
    case 'direct':
      return `direct${timed}`;
    case 'group':
      return `group ${source.id}${timed}`;
    case 'backend':
      return `backend ${source.backend}: ${source.reason}`;
    default:
      return source.kind;
  }
}

/** Each source once: two backends may read the same tables. */
export function distinct(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((source) => [sourceKey(source), source])).values()];
}

/** Whether it is given for good. */
export function isLasting(source: Source): boolean {
  return !('timed' in source && source.timed);
}

/** Whether a source is among others. */
export function hasSource(sources: readonly Source[], wanted: Source): boolean {
  const key = sourceKey(wanted);
  return sources.some((source) => sourceKey(source) === key);
}

/** Whether both are the same sources, in whatever order. */
export function areSameSources(some: readonly Source[], others: readonly Source[]): boolean {
  return some.length === others.length && some.every((source) => hasSource(others, source));
}

/** For `sort`: the user's own grant, the groups by name, and what backends say of themselves. */
export function bySource(one: Source, other: Source): number {
  if (one.kind === 'group' && other.kind === 'group') return compare(one.name, other.name);
  return ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind);
}
