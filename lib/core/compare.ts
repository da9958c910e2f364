/**
 * The order of two texts by their code units, the same wherever it is asked: the two databases, and
 * the locales of two machines, each sort texts in their own way. Negative, zero or positive, for `sort`.
 */
export function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
