import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION_NAMES, type PermissionName } from '@/lib/apps';
import { type Backend, registerBackend } from '@/lib/auth/backends';
import { explain, explainAll, type Source } from '@/lib/auth/explain';
import { users } from '@/lib/auth/managers';
import { AnonymousUser, type RequestUser } from '@/lib/auth/models';
import { overrideSettings } from '@/lib/conf/settings';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/setup/database';
import { permissionId } from './grants';

beforeAll(freshDatabase);

const ALL = [...PERMISSION_NAMES] as PermissionName[];
const OBJECT = { id: 1, owner: 'somebody' };

type World = {
  direct: PermissionName[];
  groups: { perms: PermissionName[]; isMember: boolean }[];
  isActive: boolean;
  isSuperuser: boolean;
  isStranger: boolean;
  backends: string[];
};

/** Backends of every kind, and what the oracle knows of each without asking it. */
const rule = (backend: string, reason: string): Source => ({ kind: 'backend', backend, reason });
const byRule = 'granted by its own rule';

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

describe('hasPerm, explain, explainAll and the tables', () => {
  const subset = fc.subarray(ALL);
  const names = ['ModelBackend', 'AllowAllUsersModelBackend', ...CUSTOM.map(({ name }) => name)];
  const world: fc.Arbitrary<World> = fc.record({
    direct: subset,
    groups: fc.array(fc.record({ perms: subset, isMember: fc.boolean() }), { maxLength: 4 }),
    isActive: fc.boolean(),
    isSuperuser: fc.boolean(),
    isStranger: fc.constantFrom(false, false, false, true),
    backends: fc.shuffledSubarray(names, { minLength: 1 }),
  });

  it('agree for any user, groups and backends in any order', async () => {
    const undo = CUSTOM.map((backend) => registerBackend(backend));
    const ids = new Map(
      await Promise.all(ALL.map(async (perm) => [perm, await permissionId(perm)] as const)),
    );
    let compared = 0;
    try {
      await fc.assert(
        fc.asyncProperty(world, async (given) => {
          const { user, groupNames } = await build(given, ids);
          const AUTHENTICATION_BACKENDS = given.backends;
          await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
            const listed = new Map(
              (await explainAll(user)).permissions.map(({ perm, sources }) => [perm, sources]),
            );
            for (const perm of ALL) {
              for (const obj of [undefined, OBJECT]) {
                const expected = oracle(given, perm, obj, groupNames);
                const found = await explain(user, perm, obj);
                expect(found.allowed).toBe(expected.sources.length > 0);
                expect(found.sources.map(named)).toEqual(expected.sources);
                expect(found.places.map(named)).toEqual(expected.places);
                expect(await user.hasPerm(perm, obj)).toBe(found.allowed);
                compared += 1;
              }
              const { isListed, sources } = oracle(given, perm, undefined, groupNames);
              expect(listed.get(perm)?.map(named)).toEqual(isListed ? sources : undefined);
            }
          });
          await db.groupPermission.deleteMany();
        }),
        { numRuns: 40 },
      );
    } finally {
      for (const unregister of undo) unregister();
    }
    expect(compared).toBeGreaterThan(1000);
  });
});

let made = 0;

/** The world in the database. */
async function build(
  { direct, groups, isActive, isSuperuser, isStranger }: World,
  ids: Map<PermissionName, number>,
): Promise<{ user: RequestUser; groupNames: string[] }> {
  made += 1;
  const idOf = (perm: PermissionName) => ids.get(perm) ?? 0;
  const user = await users.createUser({ username: `any ${made}`, isActive, isSuperuser });
  await db.userPermission.createMany({
    data: direct.map((perm) => ({ userId: user.id, permissionId: idOf(perm) })),
  });
  const groupNames = groups.map((_, i) => `any ${String(made).padStart(4, '0')} ${i}`);
  for (const [i, { perms, isMember }] of groups.entries()) {
    const { id: groupId } = await db.group.create({ data: { name: groupNames[i] ?? '' } });
    await db.groupPermission.createMany({
      data: perms.map((perm) => ({ groupId, permissionId: idOf(perm) })),
    });
    if (isMember) await db.userGroup.create({ data: { userId: user.id, groupId } });
  }
  return { user: isStranger ? new AnonymousUser() : user, groupNames };
}

/** What the world says, without a database and without asking a backend. */
function oracle(world: World, perm: PermissionName, obj: unknown, groupNames: string[]) {
  const isOmnipotent = !world.isStranger && world.isActive && world.isSuperuser;
  const held = isModelAsked(world, obj) ? inTables(world, perm, groupNames, true) : [];
  const isListed =
    (world.backends.some(isModel) && !world.isStranger && world.isActive
      ? isOmnipotent || held.length > 0
      : false) ||
    (world.backends.includes('Lists') && perm === 'auth.view_group');
  const granted = isOmnipotent ? ['superuser'] : firstGrant(world, perm, obj, held);
  return {
    sources: granted,
    places: granted.length > 0 ? [] : placesOf(world, perm, obj, groupNames),
    isListed: isListed && granted.length > 0,
  };
}

function firstGrant(world: World, perm: PermissionName, obj: unknown, held: string[]): string[] {
  for (const name of world.backends) {
    if (name === 'Lock' && perm.includes('delete_')) return [];
    const granted = isModel(name) ? held : byCustom(name, perm, obj);
    if (granted.length > 0) return granted;
  }
  return [];
}

function byCustom(name: string, perm: PermissionName, obj: unknown): string[] {
  if (name === 'Greedy' && perm.endsWith('user')) return [`Greedy: ${byRule}`];
  if (name === 'Owner' && obj && perm.startsWith('articles.')) return ['Owner: owns it'];
  if (name === 'Lists' && perm === 'auth.view_group') return ['Lists: listed'];
  return [];
}

function placesOf(world: World, perm: PermissionName, obj: unknown, names: string[]): string[] {
  const places = world.backends.flatMap((name) => {
    if (isModel(name)) return obj ? [] : ['direct', ...inTables(world, perm, names, false)];
    if (name === 'Owner' && obj && perm.startsWith('articles.')) return ['Owner: owners may'];
    return name === 'Lists' && perm === 'auth.view_group' ? ['Lists: the list'] : [];
  });
  return [...new Set(['superuser', ...places])];
}

/** With `isOwn` what the user holds, without it what any group could give. */
function inTables(
  { direct, groups }: World,
  perm: PermissionName,
  names: string[],
  isOwn: boolean,
) {
  const own = isOwn && direct.includes(perm) ? ['direct'] : [];
  const through = groups.flatMap(({ perms, isMember }, i) =>
    perms.includes(perm) && (isMember || !isOwn) ? [`group ${names[i]}`] : [],
  );
  return [...own, ...through];
}

function isModelAsked({ isActive, isStranger }: World, obj: unknown): boolean {
  return isActive && !isStranger && !obj;
}

function isModel(name: string): boolean {
  return name.endsWith('ModelBackend');
}

function named(source: Source): string {
  if (source.kind === 'group') return `group ${source.name}`;
  return source.kind === 'backend' ? `${source.backend}: ${source.reason}` : source.kind;
}
