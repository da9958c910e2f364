import { defineConfig } from '@/lib/apps/define-config';
import { logEntryAdmin } from './admin';
import { checkAdmins } from './checks';
import { exportHistory } from './user-export';

/** Django: contrib/admin/apps.py AdminConfig */
export const adminConfig = defineConfig('admin', {
  admins: [logEntryAdmin],
  checks: [checkAdmins],
  userExport: exportHistory,
});
