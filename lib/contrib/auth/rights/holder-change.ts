import type { GroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import type { CataloguedPermission } from '@/lib/contrib/auth/permissions/permission-catalogue';

/** What an account may be besides what it holds. */
export type Status = { isActive: boolean; isStaff: boolean; isSuperuser: boolean };

/** A group with what it gives to its members, which somebody joins or leaves. */
export type MovedGroup = Pick<GroupPermissions, 'id' | 'name' | 'permissions'>;

/**
 * What a group or a user is given and what is taken from them: permissions by themselves, and of a
 * user the groups and the flags that become otherwise.
 */
export type HolderChange = {
  kind: 'group' | 'user';
  id: number;
  name: string;
  given: readonly CataloguedPermission[];
  taken: readonly CataloguedPermission[];
  joined?: readonly MovedGroup[];
  left?: readonly MovedGroup[];
  status?: Partial<Status>;
  /** Of a group that goes: all that it held is `taken`. */
  isDeleted?: boolean;
};

/** The permissions that a change moves about, each once. */
export function movedPermissions(changes: readonly HolderChange[]): CataloguedPermission[] {
  const all = changes.flatMap(({ given, taken, joined = [], left = [] }) => [
    ...given,
    ...taken,
    ...[...joined, ...left].flatMap(({ permissions }) => permissions),
  ]);
  return [...new Map(all.map((permission) => [permission.id, permission])).values()];
}

/** Whether somebody may do everything afterwards who may not now, or the other way round. */
export function movesAll({ status }: HolderChange): boolean {
  return status?.isActive !== undefined || status?.isSuperuser !== undefined;
}
