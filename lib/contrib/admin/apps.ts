import { defineApp } from '@/lib/apps/define-app';

/**
 * The history that the admin keeps.
 * Django: contrib/admin/apps.py, contrib/admin/models.py LogEntry
 */
export const adminApp = defineApp({
  label: 'admin',
  verboseName: 'Administration',
  requires: ['contenttypes', 'sessions', 'messages', 'auth'],
  headerLinks: [{ href: '/admin/', label: 'Admin', isForStaff: true, order: 100 }],
  settings: {
    /** Where staff arrive who sign in and want to go nowhere else; '' for LOGIN_REDIRECT_URL. */
    STAFF_LOGIN_REDIRECT_URL: '/admin/',
    /**
     * Whether the history keeps what changed fields were and became, besides their names. The message of
     * an entry has a part then that Django's own do not have.
     */
    ADMIN_LOG_VALUES: false,
  },
  models: {
    logentry: {
      verboseName: 'log entry',
      verboseNamePlural: 'log entries',
      fields: {
        actionTime: { verboseName: 'action time' },
        contentType: { verboseName: 'content type' },
        objectId: { verboseName: 'object id' },
        objectRepr: { verboseName: 'object' },
        actionFlag: {
          verboseName: 'action',
          choices: [
            [1, 'Addition'],
            [2, 'Change'],
            [3, 'Deletion'],
          ],
        },
      },
    },
  },
});
