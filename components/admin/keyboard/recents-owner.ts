/** Where this browser keeps what somebody went to last by the palette: names of people among it. */
export const RECENTS = 'palette-recents';

/** Forget what is kept of anybody but `who`; of everybody where that is ''. */
export function forgetRecents(who: string): void {
  try {
    const kept = window.localStorage.getItem(RECENTS);
    if (kept === null) return;
    if (who === '' || JSON.parse(kept).who !== who) window.localStorage.removeItem(RECENTS);
  } catch {
    // A browser that keeps nothing, or what is no JSON, which the next one replaces.
  }
}
