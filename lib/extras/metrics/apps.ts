import { defineApp } from '@/lib/apps/define-app';

/**
 * Figures of the running site in Prometheus' format, for whoever may.
 * Django: no counterpart; django-prometheus
 */
export const metricsApp = defineApp({
  label: 'metrics',
  verboseName: 'Metrics',
  requires: ['auth', 'sessions'],
  models: {},
  // Asked by a program, which is told 401 and not the way to sign in.
  publicPaths: ['/metrics/'],
});
