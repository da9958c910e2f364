import { settings } from '@/lib/conf/settings';
import { type CheckMessage, checkError } from '@/lib/core/checks/registry';

/** Waits in settings.THROTTLES that are no waits: each number must be a whole one, and large enough. */
export function checkThrottles(): CheckMessage[] {
  return Object.entries(settings.THROTTLES).flatMap(([kind, policies]) =>
    Object.entries(policies).flatMap(([scope, { free, delay, maxDelay, forget }]) => {
      const isRight =
        isAtLeast(free, 2) &&
        isAtLeast(delay, 1) &&
        isAtLeast(maxDelay, delay) &&
        isAtLeast(forget, maxDelay);
      if (isRight) return [];
      const message = `THROTTLES.${kind}.${scope} cannot work.`;
      const hint =
        'Give whole numbers: free of 2 or more, then delay, maxDelay and forget, none below the one before.';
      return [checkError('auth.E120', message, hint)];
    }),
  );
}

function isAtLeast(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
