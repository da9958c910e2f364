import { defineConfig } from '@/lib/apps/define-config';
import { sessionAdmin } from './admin';
import { checkDjangosSessions, checkSessionEngine } from './backends/checks';
import { checkSessionAges, checkSessionCookie } from './checks';
import { exportSessions } from './user-export';

/** Django: contrib/sessions/apps.py SessionsConfig */
export const sessionsConfig = defineConfig('sessions', {
  admins: [sessionAdmin],
  adminHome: [
    {
      models: ['sessions.session'],
      steps: async () => [{ text: 'End a session', href: '/admin/sessions/session/', order: 20 }],
    },
  ],
  checks: [checkSessionAges, checkSessionEngine],
  databaseChecks: [checkDjangosSessions],
  deployChecks: [checkSessionCookie],
  userExport: exportSessions,
  commands: { clearsessions: () => import('./management/commands/clearsessions') },
});
