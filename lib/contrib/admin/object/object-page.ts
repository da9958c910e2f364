import { actionsFor, type OfferedAction } from '@/lib/contrib/admin/actions';
import type { AdminUser, ModelAdmin, Row } from '@/lib/contrib/admin/options';
import type { RowId } from '@/lib/forms/row-id';
import type { ObjectHeader, ObjectLink } from './object-options';

/** An action on the page of one object; one that is urgent stands beside the menu. */
export type ObjectAction = Pick<OfferedAction, 'name' | 'label'> & { isUrgent: boolean };

/** What surrounds every page about one object. */
export type ObjectFrame = {
  header: ObjectHeader | null;
  /** Pages about the object, itself first and its history last; empty where it has no tabs. */
  tabs: readonly ObjectLink[];
  /** What may be done with it: pages that ask first, and actions that are one press. */
  links: readonly ObjectLink[];
  actions: readonly ObjectAction[];
  /** Links that are neither, for a model without tabs. */
  others: readonly ObjectLink[];
};

/** Where the form of a row is. */
function objectPath({ meta }: Pick<ModelAdmin, 'meta'>, id: RowId): string {
  return `/admin/${meta.appLabel}/${meta.modelName}/${encodeURIComponent(String(id))}/`;
}

/**
 * What stands around an object's pages for this person. A model whose links are of no kind has
 * neither tabs nor a menu.
 * Django: templates/admin/change_form_object_tools.html
 */
export async function objectFrame(
  admin: ModelAdmin,
  row: Row,
  user: AdminUser,
): Promise<ObjectFrame> {
  const { options } = admin;
  const links = (await options.objectLinks?.(row, user)) ?? [];
  const path = objectPath(admin, row.id);
  const history = { label: 'History', href: `${path}history/` };
  const own = links.filter(({ kind }) => kind === 'tab');
  const others = links.filter(({ kind }) => kind === undefined);
  const isTabbed = options.objectHeader !== undefined;
  return {
    header: (await options.objectHeader?.(row, user)) ?? null,
    tabs: isTabbed ? [{ label: 'Overview', href: `${path}change/` }, ...own, history] : [],
    links: isTabbed ? [...links.filter(({ kind }) => kind === 'action'), ...others] : [],
    actions: isTabbed ? await actionsOn(admin, row, user) : [],
    others: isTabbed ? [] : [...links, history],
  };
}

async function actionsOn(admin: ModelAdmin, row: Row, user: AdminUser) {
  const offered: ObjectAction[] = [];
  for (const { name, label, isGrant, onObject } of await actionsFor(admin, user)) {
    const isOffered = !isGrant && (await onObject?.(row, user));
    if (isOffered) offered.push({ name, label, isUrgent: isOffered === 'urgent' });
  }
  return offered;
}
