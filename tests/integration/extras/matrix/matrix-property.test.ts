import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION_NAMES, type PermissionName } from '@/lib/apps/installed';
import { overrideSettings } from '@/lib/conf/settings';
import { type Backend, registerBackend } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import { explain } from '@/lib/contrib/auth/permissions/decisions';
import { users } from '@/lib/contrib/auth/users/managers';
import type { SessionSeal } from '@/lib/contrib/sessions/cookie';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import type { MatrixChange } from '@/lib/extras/matrix/matrix-changes';
import type { MatrixReview } from '@/lib/extras/matrix/matrix-review';
import { previewChanges, saveChanges } from '@/lib/extras/matrix/matrix-save';
import { read } from '@/tests/support/admin/read-review';
import { permissionId } from '@/tests/support/auth/grants';
import { requestWith, signedIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { SEED } from '@/tests/support/seed';

beforeAll(freshDatabase);

const PERMS = ([...PERMISSION_NAMES] as PermissionName[]).slice(0, 8);
const GENEROUS: string[] = PERMS.slice(0, 3);
const STRICT: string[] = PERMS.slice(2, 5);
const MODEL = { AUTHENTICATION_BACKENDS: ['ModelBackend'] };
const request = { ipAddress: '192.0.2.1', userAgent: 'Tester' };

/** Backends that the tables do not know of: one grants besides, one forbids before. */
const generous: Backend = {
  name: 'Generous',
  hasPerm: async (_user, perm) => GENEROUS.includes(perm),
};
const strict: Backend = {
  name: 'Strict',
  hasPerm: async (_user, perm) => {
    if (STRICT.includes(perm)) throw new PermissionDenied();
    return false;
  },
};

type World = {
  groups: string[][];
  people: { direct: string[]; groups: number[]; isActive: boolean; isSuperuser: boolean }[];
  toggled: { kind: string; index: number; perm: number }[];
  backends: string[];
};

const perms = fc.subarray(PERMS);
const indexes = fc.subarray([0, 1, 2]);
const world: fc.Arbitrary<World> = fc.record({
  groups: fc.array(perms, { minLength: 3, maxLength: 3 }),
  people: fc.array(
    fc.record({
      direct: perms,
      groups: indexes,
      isActive: fc.constantFrom(true, true, true, false),
      isSuperuser: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  toggled: fc.array(
    fc.record({
      kind: fc.constantFrom('group', 'group', 'user'),
      index: fc.nat(4),
      perm: fc.nat(7),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  backends: fc.constantFrom(
    ['ModelBackend'],
    ['ModelBackend', 'AllowAllUsersModelBackend'],
    ['Strict', 'ModelBackend', 'Generous'],
    ['ModelBackend', 'Strict', 'Generous'],
  ),
});

describe('the review of the matrix', () => {
  it('names exactly those whose next request gets more or less, as explain does', async () => {
    const undo = [generous, strict].map((backend) => registerBackend(backend));
    const root = await users.createUser({ username: 'root', isStaff: true, isSuperuser: true });
    const ids = new Map<string, number>();
    for (const perm of PERMS) ids.set(perm, await permissionId(perm));
    let compared = 0;
    try {
      await fc.assert(
        fc.asyncProperty(world, async (given) => {
          await overrideSettings({ AUTHENTICATION_BACKENDS: given.backends }, async () => {
            const { changes, people } = await build(given, ids);
            const before = await allowed(people);
            const review = await previewChanges(root, changes);
            const named = namedIn(review);
            const saved = await saveChanges(
              { ...request, user: root },
              changes,
              read(review.digest),
            );
            expect(saved.isSaved).toBe(true);
            const after = await allowed(people);
            for (const { user } of people) {
              for (const perm of PERMS) {
                const key = `${user.username} ${perm}`;
                expect([key, named.gains.has(key)]).toEqual([
                  key,
                  !before.has(key) && after.has(key),
                ]);
                expect([key, named.losses.has(key)]).toEqual([
                  key,
                  before.has(key) && !after.has(key),
                ]);
                compared += 1;
              }
            }
          });
        }),
        { numRuns: process.env['TEST_LONG'] ? 200 : 12, seed: SEED },
      );
    } finally {
      for (const unregister of undo) unregister();
    }
    expect(compared).toBeGreaterThan(80);
  }, 300_000);
});

/** `username perm` of everybody whom the review names; here it can name all. */
function namedIn({ effects }: MatrixReview) {
  const keys = (which: 'gains' | 'losses') =>
    new Set(
      effects.flatMap(({ perm, [which]: { count, first } }) => {
        expect(first).toHaveLength(count);
        return first.map(({ username }) => `${username} ${perm}`);
      }),
    );
  return { gains: keys('gains'), losses: keys('losses') };
}

type Person = { user: User; seal: SessionSeal };

let made = 0;

/** The world in the database, and every person signed in who can be. */
async function build({ groups, people, toggled }: World, ids: Map<string, number>) {
  made += 1;
  const idOf = (perm: string) => ids.get(perm) ?? 0;
  const held = new Set<string>();
  const columns: Record<string, number[]> = { group: [], user: [] };
  for (const [i, granted] of groups.entries()) {
    const { id: groupId } = await db.group.create({ data: { name: `group ${made} ${i}` } });
    columns['group']?.push(groupId);
    const data = granted.map((perm) => ({ groupId, permissionId: idOf(perm) }));
    await db.groupPermission.createMany({ data });
    for (const perm of granted) held.add(`group ${groupId} ${idOf(perm)}`);
  }
  const signed: Person[] = [];
  for (const [i, { direct, groups: joined, isActive, isSuperuser }] of people.entries()) {
    const user = await users.createUser({ username: `p${made} ${i}`, isSuperuser });
    columns['user']?.push(user.id);
    await db.userPermission.createMany({
      data: direct.map((perm) => ({ userId: user.id, permissionId: idOf(perm) })),
    });
    for (const perm of direct) held.add(`user ${user.id} ${idOf(perm)}`);
    const data = joined.map((index) => ({
      userId: user.id,
      groupId: columns['group']?.[index] ?? 0,
    }));
    await db.userGroup.createMany({ data });
    const seal = await overrideSettings(MODEL, () => signedIn(user));
    await db.user.update({ where: { id: user.id }, data: { isActive } });
    signed.push({ user, seal });
  }
  const changes = new Map<string, MatrixChange>();
  for (const { kind, index, perm } of toggled) {
    const of = columns[kind] ?? [];
    const id = of[index % of.length] ?? 0;
    const permissionId = idOf(PERMS[perm] ?? '');
    const key = `${kind} ${id} ${permissionId}`;
    changes.set(key, {
      kind: kind === 'group' ? 'group' : 'user',
      id,
      permissionId,
      gives: !held.has(key),
    });
  }
  return { changes: [...changes.values()], people: signed };
}

/** What the next request of each person may do; `explain` has to say the same. */
async function allowed(people: readonly Person[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { user, seal } of people) {
    const { user: visitor } = await requestWith(seal);
    const loaded = await users.getById(user.id);
    for (const perm of PERMS) {
      const isAllowed = await visitor.hasPerm(perm);
      if (isAllowed) found.add(`${user.username} ${perm}`);
      // The session of an inactive person has ended; what the account may do is asked of explain.
      if (visitor.isAuthenticated && loaded) {
        expect((await explain(loaded, perm)).allowed).toBe(isAllowed);
      }
    }
  }
  return found;
}
