import { defineApp } from '@/lib/apps/define-app';

/**
 * Why somebody may do something, and who may do it, in the admin and by `manage why`.
 * Django: no counterpart
 */
export const whyApp = defineApp({
  label: 'why',
  verboseName: 'Reasons',
  requires: ['auth', 'admin'],
  models: {},
});
