import { type ModelPermissions, modelPermissions } from './model-permissions';
import type { AdminUser, ModelAdmin } from './options';

/** An app in the rail and on the index: only models that the user may see or add. */
export type AdminApp = {
  label: string;
  name: string;
  models: { admin: ModelAdmin; permissions: ModelPermissions }[];
};

/**
 * The screens of one admin: each model once, found by the names in its address.
 * Django: contrib/admin/sites.py AdminSite
 */
export class AdminSite {
  readonly #list: () => readonly ModelAdmin[];
  readonly #maps = new WeakMap<readonly ModelAdmin[], ReadonlyMap<string, ModelAdmin>>();

  /** A function is asked each time, and read anew when it gives another list than before. */
  constructor(admins: readonly ModelAdmin[] | (() => readonly ModelAdmin[])) {
    this.#list = typeof admins === 'function' ? admins : () => admins;
  }

  /** The screens of `app_label.model`; null when none are declared. */
  find(key: string): ModelAdmin | null {
    return this.#admins().get(key) ?? null;
  }

  all(): readonly ModelAdmin[] {
    return [...this.#admins().values()];
  }

  /**
   * The apps and models that the user may do something with, by name.
   * Django: AdminSite.get_app_list
   */
  async appList(user: AdminUser): Promise<AdminApp[]> {
    const apps = new Map<string, AdminApp>();
    for (const admin of this.#admins().values()) {
      const { appLabel, appVerboseName } = admin.meta;
      const permissions = await modelPermissions(user, admin);
      if (!(permissions.view || permissions.add)) continue;
      const app = apps.get(appLabel) ?? { label: appLabel, name: appVerboseName, models: [] };
      app.models.push({ admin, permissions });
      apps.set(appLabel, app);
    }
    return [...apps.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  #admins(): ReadonlyMap<string, ModelAdmin> {
    const list = this.#list();
    const known = this.#maps.get(list);
    if (known) return known;
    const map = new Map(list.map((admin) => [admin.meta.key, { ...admin, site: this }]));
    this.#maps.set(list, map);
    return map;
  }
}
