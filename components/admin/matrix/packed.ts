/**
 * Which of the permissions are meant, as it travels to the browser: one sign for each, in the order of
 * the rows. A matrix of many groups is a hundred times shorter so than by ids.
 */
export type Packed = string;

/** Those of `all` that `isMeant` says yes to. */
export function pack<T>(all: readonly T[], isMeant: (each: T) => boolean): Packed {
  return all.map((each) => (isMeant(each) ? '1' : '0')).join('');
}

/** Whether the permission in this place is meant; false for a place that is none. */
export function isIn(packed: Packed, place: number): boolean {
  return packed[place] === '1';
}

/** How many permissions there are to say it of. */
export function sizeOf(packed: Packed): number {
  return packed.length;
}
