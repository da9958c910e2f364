import { defineApp } from '@/lib/apps/define-app';

/**
 * A list of the admin as a file.
 * Django: no counterpart
 */
export const exportApp = defineApp({
  label: 'export',
  verboseName: 'Export',
  requires: ['auth', 'admin'],
  models: {},
});
