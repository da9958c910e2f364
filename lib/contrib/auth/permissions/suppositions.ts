import type { User } from '@/lib/contrib/auth/users/user';
import type { GroupPermissions } from './group-permissions';
import { type Grants, loadGrants, presetGrants } from './held-permissions';
import { bySource, distinct, type HeldPermission, type Source, sourceKey } from './sources';

/**
 * What could be otherwise with a user: flags, groups left (by id) and joined (with what they hold),
 * permissions granted directly (named), and permissions that nothing grants any more (`app.codename`).
 */
export type Supposition = {
  isActive?: boolean;
  isSuperuser?: boolean;
  leave?: readonly number[];
  join?: readonly GroupPermissions[];
  grant?: readonly { perm: string; name: string }[];
  lack?: readonly string[];
};

/**
 * A copy of the user as if this were so, for `decide` and whatever asks it. Nothing is written, and
 * the copy must never be saved. It holds for every backend that reads memberships through
 * `loadGrants`, as ModelBackend does; one with a statement of its own sees the database. Costs no
 * statement once the user's grants are loaded, unless it is another superuser status that is supposed.
 * Django: no counterpart
 */
export async function suppose(
  user: User,
  { isActive = user.isActive, isSuperuser = user.isSuperuser, ...changes }: Supposition,
): Promise<User> {
  const copy = copyOf(user);
  copy.isActive = isActive;
  copy.isSuperuser = isSuperuser;
  const grants = await loadGrants(isSuperuser === user.isSuperuser ? user : copy);
  presetGrants(copy, isSuperuser ? grants : changed(grants, changes));
  return copy;
}

function copyOf(user: User): User {
  const fields = Object.keys(user.meta.columns).map((field) => [
    field,
    field === 'password' ? user.encodedPassword() : Reflect.get(user, field),
  ]);
  const copy = user.meta.fromRow(Object.fromEntries(fields) as never);
  copy.attenuation = user.attenuation;
  return copy;
}

function changed(
  grants: Grants,
  { leave = [], join = [], grant = [], lack = [] }: Supposition,
): Grants {
  const left = new Set(leave.map((id) => sourceKey({ kind: 'group', id, name: '' })));
  const permissions = new Map<string, HeldPermission>();
  for (const held of grants.permissions.values()) {
    const sources = held.sources.filter((source) => !left.has(sourceKey(source)));
    if (sources.length > 0) permissions.set(held.perm, { ...held, sources });
  }
  const add = ({ perm, name }: { perm: string; name: string }, source: Source) => {
    const sources = distinct([...(permissions.get(perm)?.sources ?? []), source]);
    permissions.set(perm, { perm, name, sources: sources.sort(bySource) });
  };
  for (const permission of grant) add(permission, { kind: 'direct' });
  for (const { id, name, permissions: given } of join) {
    for (const permission of given) add(permission, { kind: 'group', id, name });
  }
  for (const perm of lack) permissions.delete(perm);
  const groups = [
    ...grants.groups.filter(({ id }) => !leave.includes(id)),
    ...join.map(({ id, name }) => ({ id, name })),
  ];
  return { groups, permissions };
}
