import { defineApp } from '@/lib/apps/define-app';

/**
 * What somebody typed outlives a session that ends, in their own browser.
 * Django: no counterpart
 */
export const draftsApp = defineApp({
  label: 'drafts',
  verboseName: 'Drafts',
  requires: ['auth', 'sessions'],
  models: {},
});
