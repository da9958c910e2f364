import { defineApp } from '@/lib/apps/define-app';

/**
 * Waits between tries to sign in. All is counted before any password is hashed, for each account
 * (and each device that it knows) and for each network. An account at its longest wait can be
 * guessed at 96 times a day. A network is shared by many people: it may fail more often, and waits
 * less.
 * Django: no counterpart; django-axes
 */
export const throttlingApp = defineApp({
  label: 'throttling',
  verboseName: 'Throttling',
  requires: ['auth', 'grant-rules'],
  models: {
    throttle: {
      appLabel: 'security',
      verboseName: 'throttle',
      defaultPermissions: ['delete', 'view'],
      fields: { blockedUntil: { verboseName: 'waits until' } },
    },
  },
  throttles: {
    login: {
      account: { free: 5, delay: 1, maxDelay: 900, forget: 86_400 },
      network: { free: 50, delay: 1, maxDelay: 60, forget: 3600 },
    },
    /** Each mail counts, not each failure: nobody needs more than three reset mails at once. */
    password_reset: {
      account: { free: 3, delay: 60, maxDelay: 3600, forget: 86_400 },
      network: { free: 20, delay: 10, maxDelay: 300, forget: 3600 },
    },
    /** Whoever sits at an open session and guesses the old password. */
    password_change: {
      account: { free: 5, delay: 1, maxDelay: 900, forget: 86_400 },
      network: { free: 50, delay: 1, maxDelay: 60, forget: 3600 },
    },
  },
  settings: {
    /** Name of the cookie by which an account knows a device that it was used on. */
    DEVICE_COOKIE_NAME: 'gatehouse_device',
    /** Seconds that a device stays known after signing in on it: half a year. */
    DEVICE_COOKIE_AGE: 15_552_000,
  },
});
