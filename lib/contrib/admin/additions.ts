import type { ModelKey } from '@/lib/apps/installed';
import type { RowOf } from './meta';
import type { FieldErrors, ModelAdmin, Options, Row } from './options';

/** What an app may add to the screens of another app's model. */
type Additions<R> = Pick<
  Options<R, string>,
  | 'objectLinks'
  | 'facts'
  | 'actions'
  | 'clean'
  | 'cleanDelete'
  | 'isGrant'
  | 'saved'
  | 'committed'
  | 'deleting'
>;

/** An addition and the model, `app_label.model`, to whose screens it is made. */
export type AdminAddition = { readonly model: string; readonly adds: Additions<Row> };

declare module '@/lib/apps/define-config' {
  interface AppConfig {
    /** Screens of the app's own models. */
    readonly admins?: readonly ModelAdmin[];
    /** What the app adds to the screens of other apps' models. */
    readonly adminAdditions?: readonly AdminAddition[];
  }
}

/**
 * Declare what an app adds to the screens of another app's model. Any number of apps may: links,
 * facts, actions and refusals of all of them count, one after the other in the order of the apps.
 * Django: no counterpart; there a project replaces the whole ModelAdmin
 */
export function extendAdmin<K extends ModelKey>(key: K, adds: Additions<RowOf<K>>): AdminAddition;
export function extendAdmin(key: ModelKey, adds: Additions<Row>): AdminAddition {
  return { model: key, adds };
}

/** The screens of a model with everything that was added to them. */
export function withAdditions(admin: ModelAdmin, added: readonly AdminAddition[]): ModelAdmin {
  const own = added.filter(({ model }) => model === admin.meta.key).map(({ adds }) => adds);
  if (own.length === 0) return admin;
  return { ...admin, options: own.reduce(joined, admin.options) };
}

type All = Options<Row, string>;

function joined(one: All, other: Additions<Row>): All {
  return {
    ...one,
    ...(other.actions && { actions: [...(one.actions ?? []), ...other.actions] }),
    ...joinedParts(one, other),
    isGrant: (change) => (one.isGrant?.(change) || other.isGrant?.(change)) ?? false,
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
    async facts(row, user) {
      return (await Promise.all([one, other].map((each) => each.facts?.(row, user) ?? []))).flat();
    },
    async clean(tx, change) {
      const errors: FieldErrors = (await one.clean?.(tx, change)) ?? {};
      const further: FieldErrors = (await other.clean?.(tx, change)) ?? {};
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
