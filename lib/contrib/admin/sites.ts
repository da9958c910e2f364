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
  readonly #shown = new WeakMap<ModelAdmin, ModelAdmin>();

  /** A function is asked each time: which screens there are depends on the settings. */
  constructor(admins: readonly ModelAdmin[] | (() => readonly ModelAdmin[])) {
    this.#list = typeof admins === 'function' ? admins : () => admins;
  }

  /** The screens of `app_label.model`; null when none are declared. */
  find(key: string): ModelAdmin | null {
    return this.all().find(({ meta }) => meta.key === key) ?? null;
  }

  all(): readonly ModelAdmin[] {
    return this.#list().map((each) => this.#withSite(each));
  }

  #withSite(admin: ModelAdmin): ModelAdmin {
    const known = this.#shown.get(admin) ?? shownAt(admin, this);
    this.#shown.set(admin, known);
    return known;
  }

  /**
   * The apps and models that the user may do something with, by name.
   * Django: AdminSite.get_app_list
   */
  async appList(user: AdminUser): Promise<AdminApp[]> {
    const apps = new Map<string, AdminApp>();
    for (const admin of this.all()) {
      const { appLabel, appVerboseName } = admin.meta;
      const permissions = await modelPermissions(user, admin);
      if (!(permissions.view || permissions.add)) continue;
      const app = apps.get(appLabel) ?? { label: appLabel, name: appVerboseName, models: [] };
      app.models.push({ admin, permissions });
      apps.set(appLabel, app);
    }
    return [...apps.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }
}

function shownAt(admin: ModelAdmin, site: AdminSite): ModelAdmin {
  return {
    get meta() {
      return admin.meta;
    },
    options: admin.options,
    site,
  };
}
