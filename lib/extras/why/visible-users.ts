import {
  hasViewPermission,
  mayViewEach,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import { findRows, visibleIds } from '@/lib/contrib/admin/rows';
import { searchCondition, searchError } from '@/lib/contrib/admin/search/search';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import type { User } from '@/lib/contrib/auth/models';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { Http404 } from '@/lib/core/exceptions';
import { db, Prisma } from '@/lib/db/client';
import { parseId } from '@/lib/forms/fields';

/**
 * The user whose permissions somebody wants to see, by the id in an address. One's own are always
 * seen: the dashboard and the 403 page tell them too. Throws PermissionDenied for who may not view
 * users, or not this one, whether it exists or not; Http404 for who may, when there is none.
 * Django: no counterpart
 */
export async function visibleUserOr404(viewer: User, id: string): Promise<User> {
  const wanted = parseId(id);
  if (wanted === viewer.id) return viewer;
  const mayAll = await mayViewEach(viewer, userAdmin());
  if (!mayAll) await requireView(viewer, wanted);
  const user = wanted === null ? null : await findUser(getUserModel(), 'id', wanted);
  if (!user) throw new Http404();
  return user;
}

async function requireView(viewer: User, id: number | null): Promise<void> {
  const found = id === null ? [] : await visibleIds(db, userAdmin(), [id], viewer);
  const [row] = await findRows(db, userAdmin().meta, found);
  if (!(await hasViewPermission(viewer, userAdmin(), row)))
    throw permissionDenied(userAdmin(), 'view');
  if (!row) throw new Http404();
}

/**
 * What is asked of users, in a table known as `t`, so that only those are listed whom the viewer may
 * see and the admin's search finds; `error` says what is wrong with the search, which then finds
 * nobody.
 * Django: UserAdmin.get_queryset, get_search_results
 */
export async function visibleUsers(
  viewer: User,
  query: string,
): Promise<{ conditions: Prisma.Sql[]; error: string | null }> {
  const visible = await userAdmin().options.getQueryset?.(viewer);
  const error = searchError(query);
  const found = error ? Prisma.sql`FALSE` : searchCondition(userAdmin(), query);
  const conditions = [visible, found].flatMap((each) => (each ? [Prisma.sql`(${each})`] : []));
  return { conditions, error };
}
