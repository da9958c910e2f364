import { defineApp } from '@/lib/apps/define-app';

/**
 * Waits between tries to sign in. All is counted before any password is hashed, for each account
 * (and each device that it knows) and for each network. An account at its longest wait can be
 * guessed at 96 times a day.
 * Django: no counterpart; django-axes
 */
export const throttlingApp = defineApp({
  label: 'throttling',
  verboseName: 'Throttling',
  requires: ['auth'],
  models: {
    throttle: {
      appLabel: 'security',
      verboseName: 'throttle',
      defaultPermissions: ['delete', 'view'],
      fields: { blockedUntil: { verboseName: 'waits until' } },
    },
  },
  settings: {
    /** Name of the cookie by which an account knows a device that it was used on. */
    DEVICE_COOKIE_NAME: 'gatehouse_device',
    /** Seconds that a device stays known after signing in on it: half a year. */
    DEVICE_COOKIE_AGE: 15_552_000,
  },
});
