import { defineApp } from '@/lib/apps/define-app';

/**
 * Many permissions of one person or group, or of several groups, side by side, to be changed together.
 * Django: no counterpart
 */
export const matrixApp = defineApp({
  label: 'matrix',
  verboseName: 'Permission matrix',
  requires: ['auth', 'admin', 'why'],
  models: {},
});
