import type { AppConfig } from '@/lib/apps/define-config';
import { brought, installedConfigs } from '@/lib/apps/registry';
import { withAdditions } from '@/lib/contrib/admin/additions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { AdminSite } from '@/lib/contrib/admin/sites';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

const listsOf = new WeakMap<readonly AppConfig[], readonly ModelAdmin[]>();

/**
 * The screens of the installed apps' models, with what other apps add to them.
 * Django: admin.site, filled by autodiscover()
 */
export const adminSite = new AdminSite(() => {
  const configs = installedConfigs();
  const known = listsOf.get(configs);
  if (known) return known;
  const added = brought('adminAdditions');
  const list = brought('admins').map((admin) => withAdditions(admin, added));
  listsOf.set(configs, list);
  return list;
});
