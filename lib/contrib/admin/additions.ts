import type { ModelKey } from '@/lib/apps/installed';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import type { ModelAdmin, Options, Row } from './options';
import type { RowOf } from './row-types';

/** What an app may add to the screens of another app's model. */
type Additions<R, L = unknown> = Pick<
  Options<R, string, L>,
  | 'objectLinks'
  | 'rowLinks'
  | 'facts'
  | 'actions'
  | 'fileActions'
  | 'inlines'
  | 'lock'
  | 'clean'
  | 'cleanDelete'
  | 'isGrant'
  | 'saved'
  | 'committed'
  | 'deleting'
  | 'rowsAdded'
>;

/** An addition and the model, `app_label.model`, to whose screens it is made. */
export type AdminAddition = { readonly model: string; readonly adds: Additions<Row> };

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Screens of the app's own models; a function is asked each time. */
    readonly admins?: readonly (ModelAdmin | (() => ModelAdmin))[];
    /** What the app adds to the screens of other apps' models. */
    readonly adminAdditions?: readonly AdminAddition[];
  }
}

/**
 * Declare what an app adds to the screens of another app's model. Any number of apps may: links,
 * facts, actions and refusals of all of them count, one after the other in the order of the apps.
 * `auth.user` stands for the model that settings.AUTH_USER_MODEL names.
 * Django: no counterpart; there a project replaces the whole ModelAdmin
 * @example
 * defineConfig('shop', {
 *   adminAdditions: [
 *     extendAdmin('auth.user', {
 *       objectLinks: async ({ id }) => [{ label: 'Orders', href: `/admin/shop/order/?user=${id}` }],
 *     }),
 *   ],
 * });
 */
export function extendAdmin<K extends ModelKey, L>(
  key: K,
  adds: Additions<RowOf<K>, L>,
): AdminAddition;
export function extendAdmin(key: ModelKey, adds: Additions<Row>): AdminAddition {
  return { model: key, adds };
}

/** The screens of a model with everything that was added to them. */
export function withAdditions(admin: ModelAdmin, added: readonly AdminAddition[]): ModelAdmin {
  const keyOf = (model: string) =>
    model === 'auth.user' ? getUserModel().name.toLowerCase() : model;
  const own = added.filter(({ model }) => keyOf(model) === admin.meta.key).map(({ adds }) => adds);
  if (own.length === 0) return admin;
  return {
    get meta() {
      return admin.meta;
    },
    options: own.reduce(joined, admin.options),
    site: admin.site,
  };
}

type All = Options<Row, string>;

function joined(one: All, other: Additions<Row>): All {
  return {
    ...one,
    ...(other.actions && { actions: [...(one.actions ?? []), ...other.actions] }),
    ...(other.fileActions && {
      fileActions: [...(one.fileActions ?? []), ...other.fileActions],
    }),
    ...(other.inlines && { inlines: [...(one.inlines ?? []), ...other.inlines] }),
    ...(other.rowsAdded && { rowsAdded: [...(one.rowsAdded ?? []), ...other.rowsAdded] }),
    ...joinedParts(one, other),
    ...((one.isGrant || other.isGrant) && {
      isGrant: (change) => (one.isGrant?.(change) || other.isGrant?.(change)) ?? false,
    }),
    async saved(tx, change) {
      const told = [await one.saved?.(tx, change), await other.saved?.(tx, change)];
      return told.filter(Boolean).join(' ') || null;
    },
    async committed(change, done) {
      await one.committed?.(change, done);
      await other.committed?.(change, done);
    },
    async deleting(tx, request, ids) {
      await one.deleting?.(tx, request, ids);
      await other.deleting?.(tx, request, ids);
    },
  };
}

function joinedParts(one: All, other: Additions<Row>): Partial<All> {
  return {
    async objectLinks(row, user) {
      const links = [one, other].map((each) => each.objectLinks?.(row, user) ?? []);
      const found = (await Promise.all(links)).flat();
      return found.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
    },
    async rowLinks(rows, user) {
      const links = [one, other].map((each) => each.rowLinks?.(rows, user) ?? []);
      return (await Promise.all(links)).flat();
    },
    async facts(row, user) {
      return (await Promise.all([one, other].map((each) => each.facts?.(row, user) ?? []))).flat();
    },
    ...((one.lock || other.lock) && {
      lock: async (tx, id) => [await one.lock?.(tx, id), await other.lock?.(tx, id)],
    }),
    async clean(tx, change) {
      const [first, second] = Array.isArray(change.locked) ? change.locked : [];
      const errors: FieldErrors = (await one.clean?.(tx, { ...change, locked: first })) ?? {};
      const further: FieldErrors = (await other.clean?.(tx, { ...change, locked: second })) ?? {};
      const names = [...new Set([...Object.keys(errors), ...Object.keys(further)])];
      return Object.fromEntries(
        names.map((name) => [name, [...(errors[name] ?? []), ...(further[name] ?? [])]]),
      );
    },
    async cleanDelete(tx, user, ids) {
      const own = (await one.cleanDelete?.(tx, user, ids)) ?? [];
      return [...own, ...((await other.cleanDelete?.(tx, user, ids)) ?? [])];
    },
  };
}
