import fc from 'fast-check';
import { isPermissionName, type PermissionName, permissionNamesInUse } from '@/lib/apps/installed';
import { type Backend, registerBackend } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import type { Source } from '@/lib/contrib/auth/permissions/sources';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { permissionId } from './grants';

// Of a fixed set of apps: a seed means the same worlds whatever else the site declares.
const APPS = ['accounts', 'admin', 'auth', 'contenttypes', 'sessions', 'security', 'articles'];

/** The permissions that a world is made of. */
export const ALL = [...permissionNamesInUse()]
  .filter(isPermissionName)
  .filter((name) => APPS.includes(name.split('.')[0] ?? ''));

/** An object that one of the backends knows. */
export const OBJECT = { id: 1, owner: 'somebody' };

/** A user, what they are granted and in which groups, and the backends that are asked. */
export type World = {
  direct: PermissionName[];
  groups: { perms: PermissionName[]; isMember: boolean }[];
  isActive: boolean;
  isSuperuser: boolean;
  isStranger: boolean;
  backends: string[];
};

const rule = (backend: string, reason: string): Source => ({ kind: 'backend', backend, reason });
/** What a backend that answers true is quoted with. */
export const byRule = 'granted by its own rule';

const greedy: Backend = {
  name: 'Greedy',
  hasPerm: async (_user, perm) => perm.endsWith('user'),
};
const owner: Backend = {
  name: 'Owner',
  hasPerm: async (_user, perm, obj) =>
    obj === OBJECT && perm.startsWith('articles.') ? [rule('Owner', 'owns it')] : [],
  possibleSources: async (perm, obj) =>
    obj === OBJECT && perm.startsWith('articles.') ? [rule('Owner', 'owners may')] : [],
};
const lists: Backend = {
  name: 'Lists',
  hasPerm: async (_user, perm) => (perm === 'auth.view_group' ? [rule('Lists', 'listed')] : []),
  getAllPermissions: async () =>
    new Map([
      [
        'auth.view_group',
        { perm: 'auth.view_group', name: 'Can view group', sources: [rule('Lists', 'listed')] },
      ],
    ]),
  possibleSources: async (perm) => (perm === 'auth.view_group' ? [rule('Lists', 'the list')] : []),
};
const lock: Backend = {
  name: 'Lock',
  hasPerm: async (_user, perm) => {
    if (perm.includes('delete_')) throw new PermissionDenied();
    return false;
  },
};
const mute: Backend = { name: 'Mute' };
const CUSTOM = [greedy, owner, lists, lock, mute];
const NAMES = ['ModelBackend', 'AllowAllUsersModelBackend', ...CUSTOM.map(({ name }) => name)];

/** Make backends of every kind known, until the function that this returns is called. */
export function registerCustom(): () => void {
  const undo = CUSTOM.map((backend) => registerBackend(backend));
  return () => {
    for (const unregister of undo) unregister();
  };
}

const subset = fc.subarray(ALL);

/** Any world. */
export const world: fc.Arbitrary<World> = fc.record({
  direct: subset,
  groups: fc.array(fc.record({ perms: subset, isMember: fc.boolean() }), { maxLength: 4 }),
  isActive: fc.boolean(),
  isSuperuser: fc.boolean(),
  isStranger: fc.constantFrom(false, false, false, true),
  backends: fc.shuffledSubarray(NAMES, { minLength: 1 }),
});

let made = 0;

/** The world in the database; `groups` in the order of the world's. */
export async function build({ direct, groups, isActive, isSuperuser }: World): Promise<{
  user: User;
  groups: { id: number; name: string }[];
}> {
  made += 1;
  const ids = await idsOf();
  const idOf = (perm: PermissionName) => ids.get(perm) ?? 0;
  const user = await users.createUser({ username: `any ${made}`, isActive, isSuperuser });
  await db.userPermission.createMany({
    data: direct.map((perm) => ({ userId: user.id, permissionId: idOf(perm) })),
  });
  const built = [];
  for (const [i, { perms, isMember }] of groups.entries()) {
    const name = `any ${String(made).padStart(4, '0')} ${i}`;
    const { id } = await db.group.create({ data: { name } });
    await db.groupPermission.createMany({
      data: perms.map((perm) => ({ groupId: id, permissionId: idOf(perm) })),
    });
    if (isMember) await db.userGroup.create({ data: { userId: user.id, groupId: id } });
    built.push({ id, name });
  }
  return { user, groups: built };
}

let known: Map<PermissionName, number> | undefined;

async function idsOf(): Promise<Map<PermissionName, number>> {
  known ??= new Map(
    await Promise.all(ALL.map(async (perm) => [perm, await permissionId(perm)] as const)),
  );
  return known;
}
