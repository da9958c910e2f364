import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { SEED } from '@/tests/support/seed';
import { deedsOf, violations } from '@/tests/support/takeover/audit';
import { trying, WAYS } from '@/tests/support/takeover/ways';
import {
  type DrawnWorld,
  drawnWorld,
  makeWorld,
  POOL,
  statesOf,
  type World,
} from '@/tests/support/takeover/world';

beforeAll(freshDatabase);

// What one database lets pass and the other does not, it is not about.
const FEW = testDatabase === 'sqlite' ? 2 : 1;
const ROUNDS = process.env['TEST_LONG'] ? 300 : FEW;
const NAMES = Object.keys(WAYS);

const step = fc.record({
  way: fc.constantFrom(...NAMES),
  whom: fc.nat(3),
  by: fc.nat(9),
  perm: fc.constantFrom(...POOL),
  group: fc.nat(2),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** How often each way was gone to the end, and how often it was barred. */
const done = new Map(NAMES.map((name) => [name, { done: 0, barred: 0 }]));

it('nobody comes to hold, or touches, in two steps what they may not in one', async () => {
  const chains = fc.sample(fc.tuple(drawnWorld, step, step), {
    numRuns: ROUNDS * NAMES.length,
    seed: SEED,
  });
  const found: string[] = [];
  const folder = await mailFolder();
  await overrideSettings({ EMAIL_URL: folder.url }, async () => {
    for (const [index, [drawn, drawnFirst, second]] of chains.entries()) {
      const first = { ...drawnFirst, way: NAMES[index % NAMES.length] ?? '' };
      const wrong = await chain(drawn, first, second);
      for (const what of wrong) found.push(`${index}, ${first.way}, ${second.way}: ${what}`);
    }
  });
  await folder.remove();
  expect(found, `seed ${SEED}`).toEqual([]);
  if (process.env['TEST_LONG']) {
    const onlyBarred = ['superuser status'];
    for (const [name, times] of done) {
      expect([name, times.barred > 0]).toEqual([name, true]);
      if (!onlyBarred.includes(name)) expect([name, times.done > 0]).toEqual([name, true]);
    }
  }
  console.info(`takeover: ${chains.length} chains, seed ${SEED}`);
}, 3_600_000);

/**
 * Two steps of the one who means harm: the first as themselves, the second as anybody whom they
 * have become. Returns what went wrong.
 */
async function chain(drawn: DrawnWorld, first: Step, second: Step): Promise<string[]> {
  const world = await makeWorld(drawn);
  const start = (await statesOf(world)).get(world.actor.id)?.holds ?? new Set();
  const own = new Set([world.actor.id]);
  const found: string[] = [];
  for (const each of [first, second]) {
    const ids = [...own];
    const by = ids[each.by % ids.length] ?? world.actor.id;
    found.push(...(await take(world, by, { step: each, own })));
  }
  const end = await statesOf(world);
  const reached = [...own].flatMap((id) => [...(end.get(id)?.holds ?? [])]);
  const beyond = [...new Set(reached)].filter((perm) => !start.has(perm));
  return beyond.length > 0 ? [...found, `now commands ${beyond.join(', ')}`] : found;
}

async function take(
  world: World,
  byId: number,
  { step: { way, whom, perm, group }, own }: { step: Step; own: Set<number> },
): Promise<string[]> {
  const by = await users.getById(byId);
  const target = { whom: world.people[whom]?.id ?? 0, perm, group: world.groups[group] ?? 0 };
  const tried = by && (await trying(by, target));
  if (!tried) return [];
  const before = await statesOf(world);
  const answer = await WAYS[way]?.(tried, world);
  const deeds = deedsOf(before, await statesOf(world));
  const counted = done.get(way);
  const isDone = way === 'CSV' ? answer?.status === 200 : deeds.length > 0;
  if (counted) counted[isDone ? 'done' : 'barred'] += 1;
  for (const { whom: id, what } of deeds) if (what === 'touched' || what === 'added') own.add(id);
  const wrong = violations(deeds, byId, before);
  if (answer && answer.status >= 500) wrong.push(`was answered ${answer.status}`);
  return wrong;
}
