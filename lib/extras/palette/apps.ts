import { defineApp } from '@/lib/apps/define-app';

/**
 * One box that leads everywhere in the admin.
 * Django: no counterpart
 */
export const paletteApp = defineApp({
  label: 'palette',
  verboseName: 'Command palette',
  requires: ['auth', 'admin'],
  models: {},
});
