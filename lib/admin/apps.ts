import { defineApp } from '@/lib/contenttypes/define-app';

/**
 * The history that the admin keeps.
 * Django: contrib/admin/apps.py, contrib/admin/models.py LogEntry
 */
export const adminApp = defineApp({
  label: 'admin',
  verboseName: 'Administration',
  models: {
    logentry: { verboseName: 'log entry', verboseNamePlural: 'log entries' },
  },
});
