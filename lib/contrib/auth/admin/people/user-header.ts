import type { ObjectHeader } from '@/lib/contrib/admin/object/object-options';
import type { AdminUser, Row } from '@/lib/contrib/admin/options';
import { listPermissions } from '@/lib/contrib/auth/permissions/decisions';
import type { HeldPermission } from '@/lib/contrib/auth/permissions/sources';
import { users } from '@/lib/contrib/auth/users/managers';
import { getUserModel } from '@/lib/contrib/auth/users/user-model';
import { fullNameOf, mayViewGroups } from './user-columns';

/**
 * What stands above every page about a person: what they are called, whether they are active, when they
 * were here, and how much they may do through what. Two statements, however much they hold.
 * Django: no counterpart
 */
export async function userHeader(row: Row, viewer: AdminUser): Promise<ObjectHeader> {
  const { USERNAME_FIELD, EMAIL_FIELD } = getUserModel();
  const username = String(row[USERNAME_FIELD]);
  const name = fullNameOf(row, username);
  const others = [username, String(row[EMAIL_FIELD] ?? '')];
  const { isActive, isStaff, isSuperuser, lastLogin } = row;
  return {
    name,
    detail: [...new Set(others)].filter((text) => text !== '' && text !== name).join(' · '),
    pills: [
      isActive ? { text: 'Active', tone: 'good' } : { text: 'Inactive', tone: 'danger' },
      ...(isSuperuser ? [{ text: 'Superuser', tone: 'warning' as const }] : []),
      ...(isStaff && !isSuperuser ? [{ text: 'Staff', tone: 'plain' as const }] : []),
    ],
    facts: [
      { label: 'Last sign-in', value: lastLogin instanceof Date ? lastLogin : 'Never' },
      { label: 'May do', value: await mayDo(row, await mayViewGroups(viewer)) },
    ],
  };
}

async function mayDo({ id, isActive, isSuperuser }: Row, showsGroups: boolean): Promise<string> {
  if (!isActive) return 'Nothing while inactive';
  if (isSuperuser) return 'Everything, as a superuser';
  const user = await users.getById(Number(id));
  const held = user ? [...(await listPermissions(user)).values()] : [];
  if (held.length === 0) return 'Nothing that takes a permission';
  const things = held.length === 1 ? '1 thing' : `${held.length.toLocaleString('en')} things`;
  const through = showsGroups ? throughWords(held) : '';
  return through === '' ? things : `${things}, ${through}`;
}

function throughWords(held: readonly HeldPermission[]): string {
  const sources = held.flatMap((each) => each.sources);
  const groups = new Set(sources.flatMap((each) => (each.kind === 'group' ? [each.id] : [])));
  const ways = [
    ...(groups.size > 0
      ? [groups.size === 1 ? 'through 1 group' : `through ${groups.size} groups`]
      : []),
    ...(sources.some(({ kind }) => kind === 'direct') ? ['directly'] : []),
    ...(sources.some(({ kind }) => kind === 'backend') ? ['by a backend'] : []),
  ];
  return ways.join(' and ');
}
