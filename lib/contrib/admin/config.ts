import { defineConfig, receiver } from '@/lib/apps/define-config';
import { preDelete } from '@/lib/db/signals';
import { logEntryAdmin } from './admin';
import { checkAdmins } from './checks';
import { checkFiles } from './files/checks';
import { discardFilesOf } from './files/discard';
import { adminActivity } from './home/admin-activity';
import { staffLanding } from './home/landing';
import { forgetKept } from './kept/forget-kept';
import { exportHistory } from './user-export';

/** Django: contrib/admin/apps.py AdminConfig */
export const adminConfig = defineConfig('admin', {
  admins: [logEntryAdmin],
  adminHome: [{ models: ['admin.logentry'], activity: adminActivity }],
  checks: [checkAdmins, checkFiles],
  landings: [staffLanding],
  receivers: [receiver(preDelete, discardFilesOf), receiver(preDelete, forgetKept)],
  userExport: exportHistory,
});
