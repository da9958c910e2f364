import { defineApp } from '@/lib/apps/define-app';

/**
 * Rows of the admin from a file: what is in it is shown before anything is written.
 * django-import-export: import_export/apps.py, its half that imports
 */
export const importApp = defineApp({
  label: 'import',
  verboseName: 'Import',
  requires: ['auth', 'admin', 'export'],
  models: {},
  settings: {
    /** Rows of one file: all of them are written in one transaction, which others wait for. */
    IMPORT_MAX_ROWS: 500,
    /** Seconds that a file which was looked at can be confirmed. */
    IMPORT_PREVIEW_AGE: 3600,
  },
});
