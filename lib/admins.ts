import { AdminSite } from './admin/site';
import { articleAdmin } from './articles/admin';
import { contentTypeAdmin } from './auth/admin/content-type';
import { groupAdmin } from './auth/admin/group';
import { logEntryAdmin } from './auth/admin/log-entry';
import { permissionAdmin } from './auth/admin/permission';
import { securityLogAdmin } from './auth/admin/security-log';
import { sessionAdmin } from './auth/admin/session';
import { throttleAdmin } from './auth/admin/throttle';
import { userAdmin } from './auth/admin/user';

/**
 * The models that the admin shows. A further one is its declaration and one line here.
 * Django: admin.site, filled by autodiscover()
 */
export const adminSite = new AdminSite([
  userAdmin,
  groupAdmin,
  permissionAdmin,
  contentTypeAdmin,
  logEntryAdmin,
  sessionAdmin,
  securityLogAdmin,
  throttleAdmin,
  articleAdmin,
]);
