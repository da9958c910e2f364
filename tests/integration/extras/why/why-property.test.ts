import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { decide } from '@/lib/contrib/auth/permissions/decisions';
import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import type { Supposition } from '@/lib/contrib/auth/permissions/suppositions';
import { db } from '@/lib/db/client';
import { command } from '@/lib/extras/why/management/commands/why';
import { explainWhy, type Step } from '@/lib/extras/why/reason-tree';
import type { Fix } from '@/lib/extras/why/remedies';
import { explainEach, whatIf } from '@/lib/extras/why/what-if';
import { permissionId, reload } from '@/tests/support/auth/grants';
import { ALL, build, OBJECT, registerCustom, world } from '@/tests/support/auth/permission-worlds';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

beforeAll(freshDatabase);

describe('why', () => {
  it('tells what decide and the command tell, and its fixes and suppositions come true', async () => {
    const undo = registerCustom();
    const seen = { fixes: 0, lost: 0, gained: 0, void: 0 };
    try {
      await fc.assert(
        fc.asyncProperty(
          world,
          fc.subarray(ALL, { minLength: 3, maxLength: 3 }),
          async (given, perms) => {
            const { user, groups } = await build(given);
            const AUTHENTICATION_BACKENDS = given.backends;
            await overrideSettings({ AUTHENTICATION_BACKENDS }, async () => {
              for (const perm of perms) {
                await checkTree(user, perm);
                await checkTree(user, perm, OBJECT);
                seen.fixes += await checkFixes(user, perm);
              }
              for (const state of await explainEach(user, await loadCatalogue())) {
                const { allowed, sources } = await decide(user, state.perm);
                expect(state.state === 'held').toBe(allowed);
                if (allowed) expect(state.sources).toEqual(sources);
                if (state.state === 'void') seen.void += 1;
              }
              for (const [i, { id }] of groups.entries()) {
                const { isMember } = given.groups[i] ?? { isMember: false };
                const found = await checkWhatIf(
                  user,
                  isMember ? { leave: [id] } : { join: await loadGroupPermissions(db, [id]) },
                );
                seen.lost += found.lost.length;
                seen.gained += found.gained.length;
              }
            });
            await db.groupPermission.deleteMany();
          },
        ),
        { numRuns: 15, seed: 1 },
      );
    } finally {
      undo();
    }
    // The worlds must not be so tame that nothing was compared.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });
});

async function checkTree(user: User, perm: string, obj?: unknown): Promise<void> {
  const why = await explainWhy(user, { perm, obj, catalogue: await loadCatalogue() });
  const decision = await decide(user, perm, obj);
  expect(why).toMatchObject({ allowed: decision.allowed, sources: decision.sources });
  expect(await user.hasPerm(perm as (typeof ALL)[number], obj)).toBe(why.allowed);

  const [active, superuser, ...backends] = why.steps;
  expect(active?.mark).toBe(user.isActive ? 'yes' : 'no');
  const isOmnipotent = superuser?.mark === 'yes';
  const granting = backends.filter(({ mark }) => mark === 'yes');
  expect(granting.length).toBe(decision.allowed && !isOmnipotent ? 1 : 0);
  expect(decision.allowed).toBe(isOmnipotent || granting.length === 1);
  const ticked = granting.flatMap(({ steps }) => steps).filter(({ mark }) => mark === 'yes');
  const texts = (sources: readonly unknown[]) => sources.map((each) => JSON.stringify(each)).sort();
  expect(texts(ticked.map(({ source }) => source))).toEqual(
    isOmnipotent ? [] : texts(decision.sources),
  );
  if (obj === undefined) {
    const { status, out } = await run(command, [user.username, perm]);
    expect(status).toBe(decision.allowed ? 0 : 1);
    expect(out[0]).toBe(why.sentence);
    expect(out.slice(1, 1 + count(why.steps)).map((line) => line.trim())).toEqual(lines(why.steps));
  }
}

/** Each fix is carried out in the database, and the permission is there. */
async function checkFixes(user: User, perm: string): Promise<number> {
  const { fixes, allowed } = await explainWhy(user, { perm, catalogue: await loadCatalogue() });
  if (allowed) expect(fixes).toEqual([]);
  for (const fix of fixes) {
    const before = await heldBy(user);
    await during(user, suppositionOf(fix), async (fixed) => {
      expect((await decide(fixed, perm)).allowed).toBe(true);
      if (fix.further === null) return;
      const gained = [...(await heldBy(fixed))].filter((held) => !before.has(held));
      expect(gained.length).toBe(fix.further + 1);
    });
  }
  return fixes.length;
}

/** The same is done in the database, and the permissions before and after are compared. */
async function checkWhatIf(user: User, supposition: Supposition) {
  const catalogue = await loadCatalogue();
  const now = await explainEach(user, catalogue);
  const found = await whatIf(user, supposition, { before: now, catalogue });
  const before = await heldBy(user);
  await during(user, supposition, async (changed) => {
    const after = await heldBy(changed);
    expect(found.lost.map(({ perm }) => perm)).toEqual([...before].filter((p) => !after.has(p)));
    expect(found.gained.map(({ perm }) => perm)).toEqual([...after].filter((p) => !before.has(p)));
    for (const { perm, sources } of found.kept) {
      expect((await decide(changed, perm)).sources).toEqual(sources);
    }
  });
  return found;
}

/** Those that decide allows, of all that are declared, in Django's order. */
async function heldBy(user: User): Promise<Set<string>> {
  const states = await explainEach(user, await loadCatalogue());
  const held = new Set<string>();
  for (const { perm } of states) if ((await decide(user, perm)).allowed) held.add(perm);
  return held;
}

function suppositionOf({ activates, grant }: Fix): Supposition {
  const active = activates ? { isActive: true } : {};
  if (grant === null) return active;
  if (grant.kind === 'superuser') return { ...active, isSuperuser: true };
  const change = grant.kind === 'direct' ? { grant: [grant.permission] } : { join: [grant] };
  return { ...active, ...change };
}

/** Do it in the database, look at the user anew, and put back what was. */
async function during(
  user: User,
  { isActive, isSuperuser, leave = [], join = [], grant = [] }: Supposition,
  look: (changed: User) => Promise<void>,
): Promise<void> {
  const userId = user.id;
  const flags = {
    isActive: isActive ?? user.isActive,
    isSuperuser: isSuperuser ?? user.isSuperuser,
  };
  await db.user.update({ where: { id: userId }, data: flags });
  await db.userGroup.deleteMany({ where: { userId, groupId: { in: [...leave] } } });
  await db.userGroup.createMany({ data: join.map(({ id }) => ({ userId, groupId: id })) });
  const permissions = await Promise.all(
    grant.map(async ({ perm }) => ({ userId, permissionId: await permissionId(perm) })),
  );
  const had = await db.userPermission.findMany({ where: { OR: permissions } });
  const isNew = permissions.length > 0 && had.length === 0;
  if (isNew) await db.userPermission.createMany({ data: permissions });
  await look(await reload(user));
  if (isNew) await db.userPermission.deleteMany({ where: { OR: permissions } });
  await db.userGroup.deleteMany({ where: { userId, groupId: { in: join.map(({ id }) => id) } } });
  await db.userGroup.createMany({ data: leave.map((groupId) => ({ userId, groupId })) });
  await db.user.update({
    where: { id: userId },
    data: { isActive: user.isActive, isSuperuser: user.isSuperuser },
  });
}

function count(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + count(step.steps), 0);
}

function lines(steps: readonly Step[]): string[] {
  return steps.flatMap(({ label, mark, note, steps: below }) => [
    `${label}: ${mark}${note && `, ${note}`}`,
    ...lines(below),
  ]);
}
