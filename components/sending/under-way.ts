const LOCK = 'sending';
let answered = Number.NEGATIVE_INFINITY;

/**
 * Send a form, and let the other tabs of this browser know that one is under way: its answer may bring
 * another session, by which the end of the former means nothing.
 */
export async function underWay<T>(send: () => Promise<T>): Promise<T> {
  try {
    if (!('locks' in navigator)) return await send();
    return await navigator.locks.request(LOCK, { mode: 'shared' }, send);
  } finally {
    answered = performance.now();
  }
}

/** Whether a form of this tab has been answered in the last so many milliseconds. */
export function wasAnsweredWithin(milliseconds: number): boolean {
  return performance.now() - answered < milliseconds;
}

/** Resolves when no tab of this browser waits for the answer to a form, or after these milliseconds. */
export async function noneUnderWay(atMost: number): Promise<void> {
  const signal = AbortSignal.timeout(atMost);
  await navigator.locks.request(LOCK, { signal }, () => undefined).catch(() => undefined);
}
