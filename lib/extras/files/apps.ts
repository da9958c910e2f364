import { defineApp } from '@/lib/apps/define-app';

/**
 * Files that people upload, delivered to whoever may see the row that names them, and deleted once no row
 * does.
 * Django: no counterpart; there a web server gives MEDIA_ROOT to everybody
 */
export const filesApp = defineApp({
  label: 'files',
  verboseName: 'Files',
  requires: ['auth', 'admin'],
  models: {},
});
