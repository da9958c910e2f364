import { defineApp } from '@/lib/apps/define-app';

/**
 * Sessions, under Django's own content type although the table is another.
 * Django: contrib/sessions/apps.py, contrib/sessions/models.py Session
 */
export const sessionsApp = defineApp({
  label: 'sessions',
  verboseName: 'Sessions',
  models: {
    session: {
      verboseName: 'session',
      fields: { ipAddress: { verboseName: 'IP address' } },
    },
  },
});
