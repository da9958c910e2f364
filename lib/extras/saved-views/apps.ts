import { defineApp } from '@/lib/apps/define-app';

/**
 * A search, filters, an order and columns of a list, kept under a name by whoever looks at it so.
 * Django: no counterpart; Payload's query presets
 */
export const savedViewsApp = defineApp({
  label: 'saved-views',
  verboseName: 'Saved views',
  requires: ['auth', 'sessions', 'messages', 'admin'],
  isPersonal: true,
  models: {},
  settings: {
    /** Views of one list that one person keeps at most: they stand in a row above it. */
    SAVED_VIEWS_MOST: 20,
  },
});
