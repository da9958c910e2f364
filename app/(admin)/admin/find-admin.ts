import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { Http404 } from '@/lib/core/exceptions';
import { adminSite } from '@/lib/site/admins';

/** The screens of the model that an address names. Throws Http404 when there are none. */
export function adminOr404({ app, model }: { app: string; model: string }): ModelAdmin {
  return modelAdminOr404(`${app}.${model}`);
}

/** The screens of the model that a form names in its field `_model`. Throws Http404 likewise. */
export function modelAdminOr404(key: unknown): ModelAdmin {
  const admin = typeof key === 'string' ? adminSite.find(key) : null;
  if (!admin) throw new Http404();
  return admin;
}
