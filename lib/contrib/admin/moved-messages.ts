import type { HolderChange } from '@/lib/contrib/auth/rights/holder-change';
import type { ChangeMessage } from './models';

// A text of thousands of names would be a page of its own.
const MOST_NAMED = 100;

/**
 * What the history keeps of a change of rights besides the fields: what was given and what was taken,
 * by name.
 * Django: no counterpart, where a reader passes over it
 */
export function movedMessages({
  given,
  taken,
  joined = [],
  left = [],
}: Pick<HolderChange, 'given' | 'taken' | 'joined' | 'left'>): ChangeMessage[] {
  const lists = {
    given: given.map(({ perm }) => perm),
    taken: taken.map(({ perm }) => perm),
    joined: joined.map(({ name }) => name),
    left: left.map(({ name }) => name),
  };
  const moved = Object.entries(lists).flatMap(([name, texts]) =>
    texts.length > 0 ? [[name, few(texts)] as const] : [],
  );
  return moved.length > 0 ? [{ moved: Object.fromEntries(moved) }] : [];
}

function few(texts: readonly string[]): readonly string[] {
  const rest = texts.length - MOST_NAMED;
  return rest > 0 ? [...texts.slice(0, MOST_NAMED), `${rest} more`] : texts;
}
