import { useDeferredValue, useSyncExternalStore } from 'react';

const never = () => () => {};

/**
 * True once scripts run here: what only works with JavaScript is drawn only then. Deferred, since all that
 * waits for it on a page would be drawn in one go, by the end of which nothing that is pressed answers.
 */
export function useHydrated(): boolean {
  return useDeferredValue(
    useSyncExternalStore(
      never,
      () => true,
      () => false,
    ),
  );
}
