import type { ListViews } from '@/lib/contrib/admin/links';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import { listCondition } from '@/lib/contrib/admin/list/list-condition';
import { changedQuery, parseListQuery } from '@/lib/contrib/admin/list/list-query';
import { IncorrectLookup } from '@/lib/contrib/admin/lookups/incorrect-lookup';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { savedViews } from './saved-views';

// Of a longer one the row's column has no room.
const LONGEST = 2000;

/**
 * The views of whoever looks at a list, and the way to keep what they see. Whoever acts as somebody sees
 * none: they are the person's own.
 */
export async function viewsOfList(
  user: AdminUser,
  admin: ModelAdmin,
  params: URLSearchParams,
): Promise<ListViews> {
  if (user.impersonator) return { views: [], link: null };
  const views = await savedViews(user, admin);
  const query = viewQuery(params);
  const isNew = query !== '' && views.every((view) => view.query !== query);
  const href = `${listPath(admin.meta)}views/`;
  if (isNew) return { views, link: { label: 'Save this view', href: `${href}?${query}` } };
  return { views, link: views.length > 0 ? { label: 'Edit views', href } : null };
}

/** What of a query a view keeps: all but the page. In the order of names. */
export function viewQuery(params: URLSearchParams): string {
  return changedQuery(params, { all: null });
}

/** Whether a query makes a list that this person can be shown, so that it is worth keeping. */
export async function isViewQuery(
  user: AdminUser,
  admin: ModelAdmin,
  query: string,
): Promise<boolean> {
  if (query === '' || query.length > LONGEST) return false;
  try {
    const parsed = parseListQuery(new URLSearchParams(query));
    return (await listCondition(admin, user, parsed)).searchError === null;
  } catch (error) {
    if (error instanceof IncorrectLookup || error instanceof SuspiciousOperation) return false;
    throw error;
  }
}
