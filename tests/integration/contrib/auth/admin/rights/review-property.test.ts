import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION_NAMES } from '@/lib/apps/installed';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { saveObject } from '@/lib/contrib/admin/form/save';
import { answerListPost } from '@/lib/contrib/admin/list/list-post';
import type { User } from '@/lib/contrib/auth/models';
import { decide } from '@/lib/contrib/auth/permissions/decisions';
import { readConfirmation, type Unconfirmed } from '@/lib/contrib/auth/rights/confirmation';
import { isFelt } from '@/lib/contrib/auth/rights/effects';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { saidOf } from '@/tests/support/admin/read-review';
import { requestOf, screens } from '@/tests/support/admin/staff';
import { joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { SEED } from '@/tests/support/seed';

beforeAll(freshDatabase);

const PERMS = [...PERMISSION_NAMES].slice(0, 5);
const perms = fc.subarray(PERMS);
const indexes = fc.subarray([0, 1, 2]);
const mostly = (value: boolean) => fc.constantFrom(value, value, value, !value);
const person = fc.record({
  direct: perms,
  groups: indexes,
  isActive: mostly(true),
  isSuperuser: mostly(false),
});
const world = fc.record({
  groups: fc.array(perms, { minLength: 3, maxLength: 3 }),
  people: fc.array(person, { minLength: 3, maxLength: 4 }),
  place: fc.constantFrom('group form', 'deletion', 'user form', 'user form', 'action'),
  wanted: person,
  chosen: indexes,
});

type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** Does something once: what came of it, and the review that it asks to read, if it asks. */
type Act = (fields: Fields) => Promise<{ unread: Unconfirmed | null }>;

describe('the review of a change of rights, at each place', () => {
  it('names exactly those who may do more or less afterwards, as decide does, or nobody is asked', async () => {
    const root = await users.createSuperuser({ username: 'root' });
    let [asked, compared] = [0, 0];
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const { people, act } = await build(given, root);
        const before = await allowed(people);
        const { unread } = await act({});
        if (unread) {
          asked += 1;
          expect(await allowed(people)).toEqual(before);
          expect((await act(saidOf(unread.review))).unread).toBeNull();
        }
        const after = await allowed(people);
        const gained = [...after].filter((key) => !before.has(key)).sort();
        const lost = [...before].filter((key) => !after.has(key)).sort();
        if (!unread) expect([gained, lost]).toEqual([[], []]);
        else {
          expect(namedIn(unread.review, 'gains')).toEqual(gained);
          expect(namedIn(unread.review, 'losses')).toEqual(lost);
          expect(isFelt(unread.review)).toBe(true);
        }
        compared += 1;
      }),
      { numRuns: process.env['TEST_LONG'] ? 200 : 8, seed: SEED },
    );
    expect(asked).toBeGreaterThan(2);
    expect(compared).toBeGreaterThan(asked);
  }, 300_000);
});

/** `username perm` of everybody whom the review names, of the permissions that are compared. */
function namedIn({ effects }: RightsReview, which: 'gains' | 'losses'): string[] {
  return effects
    .flatMap(({ perm, [which]: { first } }) =>
      PERMS.some((each) => each === perm) ? first.map(({ username }) => `${username} ${perm}`) : [],
    )
    .sort();
}

async function allowed(people: readonly User[]): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const user of people) {
    const fresh = await reload(user);
    for (const perm of PERMS) {
      if ((await decide(fresh, perm)).allowed) keys.add(`${user.username} ${perm}`);
    }
  }
  return keys;
}

let made = 0;

async function build({ groups, people: given, place, wanted: to, chosen }: World, root: User) {
  made += 1;
  const groupIds: number[] = [];
  for (const [i, held] of groups.entries()) groupIds.push(await makeGroup(`w${made} ${i}`, held));
  const people: User[] = [];
  for (const [i, { direct, groups: joined, isActive, isSuperuser }] of given.entries()) {
    const user = await users.createUser({ username: `w${made}p${i}`, isActive, isSuperuser });
    people.push(user);
    const data = await rowsOf(user, direct);
    await db.userPermission.createMany({ data });
    for (const index of joined) await joinGroup(user, groupIds[index] ?? 0);
  }
  const request = requestOf(root);
  const save = (key: string, id: number, changed: Fields): Act => {
    return async (said) => {
      const form = formOf({ ...(await untouched(screens(key), id)), ...changed, ...said });
      const confirmation = readConfirmation(form);
      const wanted = { id, form, isFresh: true, confirmation };
      const saved = await saveObject(screens(key), request, wanted);
      expect(['saved', 'unread']).toContain(saved.kind);
      return { unread: saved.kind === 'unread' ? saved : null };
    };
  };
  const idsOf = (of: readonly string[]) => Promise.all(of.map(permissionId));
  const [group = 0] = groupIds;
  const [one] = people;
  if (!one) throw new Error('Nobody is there.');
  const acts: Record<World['place'], () => Promise<Act>> = {
    'group form': async () => save('auth.group', group, { permissions: await idsOf(to.direct) }),
    'user form': async () => {
      const flags = { is_active: to.isActive, is_superuser: to.isSuperuser };
      const shown = await untouched(screens('auth.user'), one.id);
      for (const name of Object.keys(flags)) delete shown[name];
      const on = Object.entries(flags).flatMap(([name, is]) => (is ? [[name, 'on']] : []));
      const changed: Fields = {
        ...Object.fromEntries(on),
        groups: to.groups.map((index) => groupIds[index] ?? 0),
        user_permissions: await idsOf(to.direct),
      };
      return async (said) => {
        const form = formOf({ ...shown, ...changed, ...said });
        const wanted = { id: one.id, form, isFresh: true, confirmation: readConfirmation(form) };
        const saved = await saveObject(screens('auth.user'), request, wanted);
        return { unread: saved.kind === 'unread' ? saved : null };
      };
    },
    deletion: async () => async (said) => {
      const ids = chosen.map((index) => groupIds[index] ?? 0);
      const confirmation = readConfirmation(formOf(said));
      const { unread } = await deleteRows(screens('auth.group'), ids, request, confirmation);
      return { unread: unread ?? null };
    },
    action: async () => async (said) => {
      const form = formOf({
        action: to.isActive ? 'deactivate' : 'activate',
        _selected_action: [0, ...chosen.map((index) => people[index]?.id ?? 0)],
        _query: '',
        ...said,
      });
      const answer = await answerListPost(screens('auth.user'), request, { form, isFresh: true });
      return { unread: answer.kind === 'unread' ? answer.unread : null };
    },
  };
  return { people, act: await acts[place]() };
}

async function rowsOf({ id: userId }: User, direct: readonly string[]) {
  return Promise.all(
    direct.map(async (perm) => ({ userId, permissionId: await permissionId(perm) })),
  );
}
