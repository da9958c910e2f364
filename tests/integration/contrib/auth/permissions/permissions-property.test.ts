import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { explain, explainAll } from '@/lib/contrib/auth/permissions/decisions';
import type { Source } from '@/lib/contrib/auth/permissions/sources';
import { db } from '@/lib/db/client';
import {
  ALL,
  build,
  byRule,
  OBJECT,
  registerCustom,
  type World,
  world,
} from '@/tests/support/auth/permission-worlds';
import { freshDatabase } from '@/tests/support/database';
import { SEED } from '@/tests/support/seed';

beforeAll(freshDatabase);

describe('hasPerm, explain, explainAll and the tables', () => {
  it('agree for any user, groups and backends in any order', async () => {
    const undo = registerCustom();
    let compared = 0;
    try {
      await fc.assert(
        fc.asyncProperty(world, async (given) => {
          const built = await build(given);
          const user = given.isStranger ? new AnonymousUser() : built.user;
          const groupNames = built.groups.map(({ name }) => name);
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
        { numRuns: 40, seed: SEED },
      );
    } finally {
      undo();
    }
    expect(compared).toBeGreaterThan(1000);
  });
});

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
