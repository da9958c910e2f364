import { defineConfig } from '@/lib/apps/define-config';
import { sessionAdmin } from './admin';
import { checkSessionAges, checkSessionCookie } from './checks';

/** Django: contrib/sessions/apps.py SessionsConfig */
export const sessionsConfig = defineConfig('sessions', {
  admins: [sessionAdmin],
  checks: [checkSessionAges],
  deployChecks: [checkSessionCookie],
  commands: { clearsessions: () => import('./management/commands/clearsessions') },
});
