import { defineApp } from '@/lib/apps/define-app';

/**
 * Open tabs learn within a second that their session has ended, or that its person may do something
 * else than before.
 * Django: no counterpart
 */
export const watchApp = defineApp({
  label: 'watch',
  verboseName: 'Open tabs',
  requires: ['auth', 'sessions'],
  models: {},
  sessionStream: '/accounts/watch/',
  settings: {
    /** Milliseconds between two looks at the watched sessions: one statement of each process. */
    WATCH_INTERVAL: 500,
    /** Streams that a process keeps open; who comes later asks every 15 seconds instead. */
    WATCH_MAX: 1000,
    /** Streams of one session: the tabs of a browser share one. */
    WATCH_MAX_PER_SESSION: 3,
  },
});
