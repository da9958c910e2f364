import type { Token } from '@/lib/extras/tokens/models';

/** A token as its owner's programs see it. */
export function presentToken({ start, name, isFull, created, expires }: Token) {
  return {
    start,
    name,
    is_full: isFull,
    created: created.toISOString(),
    expires: expires?.toISOString() ?? null,
  };
}
