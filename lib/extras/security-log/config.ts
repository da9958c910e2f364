import { defineConfig } from '@/lib/apps/define-config';
import { securityLogAdmin } from './admin';
import { exportEvents } from './user-export';

/** Events as a screen of the admin, and a command that deletes the old ones. */
export const securityLogConfig = defineConfig('security-log', {
  admins: [securityLogAdmin],
  userExport: exportEvents,
  commands: { clearsecuritylog: () => import('./management/commands/clearsecuritylog') },
});
