/** Where this browser keeps what somebody went to last by the palette: names of people among it. */
export const RECENTS = 'palette-recents';

/** Forget it, whoever it was. */
export function forgetRecents(): void {
  try {
    window.localStorage.removeItem(RECENTS);
  } catch {
    // A browser that keeps nothing.
  }
}
