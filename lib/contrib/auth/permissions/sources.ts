import { compare } from '@/lib/core/compare';

/** Where a permission comes from. */
export type Source =
  | { kind: 'superuser' }
  | { kind: 'direct' }
  | { kind: 'group'; id: number; name: string }
  | { kind: 'backend'; backend: string; reason: string };

/** A permission that a user holds: `app.codename`, its label, and everything it comes from. */
export type HeldPermission = { perm: string; name: string; sources: Source[] };

const ORDER: Source['kind'][] = ['superuser', 'direct', 'group', 'backend'];

/** The same text for two sources exactly when they are the same: of two groups the id decides. */
export function sourceKey(source: Source): string {
  switch (source.kind) {
    case 'group':
      return `group ${source.id}`;
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
