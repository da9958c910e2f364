import { defineConfig } from '@/lib/apps/define-config';
import { logEntryAdmin } from './admin';
import { checkAdmins } from './checks';
import { adminActivity } from './home/admin-activity';
import { staffLanding } from './home/landing';
import { exportHistory } from './user-export';

/** Django: contrib/admin/apps.py AdminConfig */
export const adminConfig = defineConfig('admin', {
  admins: [logEntryAdmin],
  adminHome: [{ models: ['admin.logentry'], activity: adminActivity }],
  checks: [checkAdmins],
  landings: [staffLanding],
  userExport: exportHistory,
});
