/** The sum of some counts. */
export function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

/** How many users, in words. */
export function people(count: number): string {
  return count === 1 ? '1 user' : `${count.toLocaleString('en')} users`;
}
