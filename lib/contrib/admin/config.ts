import { defineConfig } from '@/lib/apps/define-config';
import { logEntryAdmin } from './admin';
import { exportHistory } from './user-export';

/** Django: contrib/admin/apps.py AdminConfig */
export const adminConfig = defineConfig('admin', {
  admins: [logEntryAdmin],
  userExport: exportHistory,
});
