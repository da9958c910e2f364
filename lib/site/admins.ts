import { brought } from '@/lib/apps/registry';
import { type AdminAddition, withAdditions } from '@/lib/contrib/admin/additions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { AdminSite } from '@/lib/contrib/admin/sites';
// Takes in what the apps bring.
import '@/lib/site/app-configs';

let additions: readonly AdminAddition[] = [];
let extended = new WeakMap<ModelAdmin, ModelAdmin>();

/**
 * The screens of the installed apps' models, with what other apps add to them.
 * Django: admin.site, filled by autodiscover()
 */
export const adminSite = new AdminSite(() => {
  const added = brought('adminAdditions');
  const isSame =
    added.length === additions.length && added.every((each, i) => each === additions[i]);
  if (!isSame) extended = new WeakMap();
  additions = added;
  return brought('admins').map((declared) => {
    const admin = typeof declared === 'function' ? declared() : declared;
    const known = extended.get(admin) ?? withAdditions(admin, added);
    extended.set(admin, known);
    return known;
  });
});
