import { logEntryAdmin } from '@/lib/contrib/admin/admin';
import { AdminSite } from '@/lib/contrib/admin/sites';
import { groupAdmin } from '@/lib/contrib/auth/admin/group';
import { permissionAdmin } from '@/lib/contrib/auth/admin/permission';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { contentTypeAdmin } from '@/lib/contrib/contenttypes/admin';
import { sessionAdmin } from '@/lib/contrib/sessions/admin';
import { securityLogAdmin } from '@/lib/extras/security-log/admin';
import { throttleAdmin } from '@/lib/extras/throttling/admin';
import { articleAdmin } from './articles/admin';

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
