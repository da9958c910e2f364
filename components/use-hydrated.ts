import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** True once scripts run here: what only works with JavaScript is drawn only then. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
