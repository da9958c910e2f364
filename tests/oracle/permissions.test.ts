import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PermissionName } from '@/lib/apps/installed';
import { users } from '@/lib/contrib/auth/users/managers';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { Django } from './django';
import {
  askEach,
  compareAll,
  describeWithDjango,
  generate,
  isLong,
  isOwnModel,
  limitOf,
} from './oracle';
import { ASKED, anyWorld, LABELS, makeWorld, permissionIds, type World } from './worlds';

/** Some 2,000 answers each, which PostgreSQL takes longer over. */
const [SAMPLE, ALL] = [testDatabase === 'sqlite' ? 4 : 2, isOwnModel ? 16 : 40];

type Holding = {
  all: string[];
  own: string[];
  group: string[];
  allOnObject: string[];
  has: boolean[];
  hasOnObject: boolean[];
  modules: boolean[];
};

describeWithDjango('permissions, in random worlds', () => {
  let django: Django;
  let tearDown: () => Promise<void>;

  beforeAll(async () => {
    tearDown = await freshDatabase();
    django = new Django();
  });

  afterAll(async () => {
    await django?.stop();
    await tearDown?.();
  });

  const limit = limitOf(isLong ? ALL : SAMPLE, 60);

  it('are the same for each user, permission and app', limit, async () => {
    const worlds = generate(anyWorld([...(await permissionIds()).keys()]), SAMPLE, ALL);
    let answers = 0;
    for (const [index, world] of worlds.entries()) {
      // Every other world is Django's writing.
      if (index % 2 === 0) await makeWorld(world);
      else await django.ask('make_world', { world });
      answers += await compareHoldings(django, world);
      answers += await compareHolders(django);
      await django.ask('clear_world', { content_types: world.contentTypes });
    }
    expect(answers).toBeGreaterThan(isLong ? 20_000 : 2000);
  });
});

async function compareHoldings(django: Django, world: World): Promise<number> {
  const usernames = world.users.map(({ username }) => username);
  const asked = { usernames, perms: ASKED, labels: LABELS };
  const djangos = await django.ask<Holding[]>('holdings', asked);
  const ours = await Promise.all(usernames.map(holdingOf));
  const questions = world.users.flatMap((user) => questionsAbout(user.username));
  compareAll(questions, ours.flatMap(answersOf), djangos.flatMap(answersOf));
  return questions.length;
}

async function compareHolders(django: Django): Promise<number> {
  // Django refuses a name without its one dot, as we do; neither has an answer to compare.
  const perms = ASKED.filter((perm) => perm.split('.').length === 2 && !perm.includes('\0'));
  const questions = perms.flatMap((perm) =>
    [true, false, null].flatMap((isActive) =>
      [true, false].map((includeSuperusers) => ({ perm, isActive, includeSuperusers })),
    ),
  );
  const holders = await askEach(questions, async ({ perm, ...query }) =>
    (await users.withPerm(perm, query)).map(({ username }) => username).sort(),
  );
  compareAll(questions, holders, await django.ask<string[][]>('with_perm', { questions }));
  return questions.length;
}

async function holdingOf(username: string): Promise<Holding> {
  const user = await users.getByNaturalKey(username);
  if (!user) throw new Error(`There is no ${username}.`);
  const object = {};
  return {
    all: sorted(await user.getAllPermissions()),
    own: sorted(await user.getUserPermissions()),
    group: sorted(await user.getGroupPermissions()),
    allOnObject: sorted(await user.getAllPermissions(object)),
    has: await Promise.all(ASKED.map((perm) => user.hasPerm(perm as PermissionName))),
    hasOnObject: await Promise.all(
      ASKED.map((perm) => user.hasPerm(perm as PermissionName, object)),
    ),
    modules: await Promise.all(LABELS.map((label) => user.hasModulePerms(label))),
  };
}

function questionsAbout(username: string): string[] {
  const lists = ['all', 'own', 'group', 'all on an object'];
  const questions = [...lists, ...ASKED, ...ASKED.map((perm) => `${perm} on an object`), ...LABELS];
  return questions.map((question) => `${username}: ${question}`);
}

function answersOf(holding: Holding): unknown[] {
  const { all, own, group, allOnObject, has, hasOnObject, modules } = holding;
  return [all, own, group, allOnObject, ...has, ...hasOnObject, ...modules];
}

function sorted(perms: ReadonlySet<string>): string[] {
  return [...perms].sort();
}
