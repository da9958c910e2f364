import type { RichCell } from '@/lib/contrib/admin/list/shown/rich-cells';
import { hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser } from '@/lib/contrib/admin/options';
import { userAdmin } from '@/lib/contrib/auth/admin/user';
import { userNames } from '@/lib/contrib/auth/users/user-names';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { fullNameOf } from './user-columns';

type PersonCell = RichCell & { cell: 'person' };

/**
 * The people of these ids as other lists show them, by id: their name over the one they sign in with,
 * leading to their page. Who may not view people reads "user 12", and of themselves their name. One
 * statement; whoever is gone is told by the number too.
 * Django: no counterpart; a ForeignKey in list_display
 */
export async function personCells(
  ids: Iterable<number | null>,
  viewer: AdminUser,
): Promise<ReadonlyMap<number, PersonCell>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))];
  const names = await userNames(wanted);
  const mayView = await hasViewPermission(viewer, userAdmin());
  const cellOf = (id: number): PersonCell => {
    const known = mayView || id === viewer.id ? names.get(id) : undefined;
    if (!known) return { cell: 'person', name: `user ${id}`, detail: '' };
    const name = fullNameOf(known, known.username);
    const detail = name === known.username ? '' : known.username;
    return {
      cell: 'person',
      name,
      detail,
      ...(mayView && { href: userAdminPath(`${id}/change/`) }),
    };
  };
  return new Map(wanted.map((id) => [id, cellOf(id)]));
}
