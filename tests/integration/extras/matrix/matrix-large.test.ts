import { beforeAll, describe, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import type { MatrixChange } from '@/lib/extras/matrix/matrix-changes';
import { previewChanges, saveChanges } from '@/lib/extras/matrix/matrix-save';
import { read } from '@/tests/support/admin/read-review';
import { makeStaff, makeSuperuser } from '@/tests/support/admin/staff';
import { joinGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { statementsOf } from '@/tests/support/statements';

beforeAll(freshDatabase);

const GIVEN = 'articles.view_article';
const TAKEN = 'articles.add_article';

let made = 0;

/** New groups that hold TAKEN, and the changes that give each GIVEN instead. */
async function changesOf(count: number): Promise<{ ids: number[]; changes: MatrixChange[] }> {
  made += 1;
  const prefix = `Large ${made} `;
  const names = Array.from({ length: count }, (_, i) => ({ name: `${prefix}${i}` }));
  await db.group.createMany({ data: names });
  const groups = await db.group.findMany({ where: { name: { startsWith: prefix } } });
  const ids = groups.map(({ id }) => id);
  const [given, taken] = [await permissionId(GIVEN), await permissionId(TAKEN)];
  await db.groupPermission.createMany({
    data: ids.map((groupId) => ({ groupId, permissionId: taken })),
  });
  const changes = ids.flatMap((id) => [
    { kind: 'group' as const, id, permissionId: given, gives: true },
    { kind: 'group' as const, id, permissionId: taken, gives: false },
  ]);
  return { ids, changes };
}

const staff = () => makeStaff('auth.view_group', 'auth.change_group', GIVEN, TAKEN);

async function save(actor: User, changes: MatrixChange[]) {
  const { digest } = await previewChanges(actor, changes);
  return saveChanges(
    { user: actor, ipAddress: '192.0.2.1', userAgent: 'Tester' },
    changes,
    read(digest),
  );
}

describe('a large change of the matrix', () => {
  it.each([
    ['a superuser', makeSuperuser],
    ['somebody else', staff],
  ])('asks the database no more often than a small one: by %s', async (_, makeActor) => {
    const actor = await makeActor();
    const statements = async (count: number) => {
      const { changes } = await changesOf(count);
      return (await statementsOf(() => save(actor, changes))).length;
    };
    await statements(1);
    const few = await statements(2);
    expect(await statements(200)).toBe(few);
    expect(few).toBeGreaterThan(5);
  });

  it('does in 1,200 groups what it says, and tells it of each', async () => {
    const actor = await staff();
    const { ids, changes } = await changesOf(1200);
    const { isSaved, review } = await save(actor, changes);
    expect([isSaved, review.columns.length]).toEqual([true, 1200]);
    const held = await db.groupPermission.findMany({ where: { groupId: { in: ids } } });
    const given = await permissionId(GIVEN);
    expect(held.map(({ groupId, permissionId: id }) => [groupId, id]).sort(byFirst)).toEqual(
      ids.sort((a, b) => a - b).map((id) => [id, given]),
    );
    const entries = await db.logEntry.findMany({ where: { userId: actor.id } });
    expect(entries.map(({ objectId }) => Number(objectId)).sort((a, b) => a - b)).toEqual(ids);
    const events = await db.securityLogEntry.findMany({ where: { actorId: actor.id } });
    const named = events.map(({ detail }) => JSON.parse(detail));
    expect(new Set(named.map(({ groupId }) => groupId))).toEqual(new Set(ids));
    expect(named[0]).toMatchObject({ given: [GIVEN], taken: [TAKEN] });
  });

  it('names in each of many groups what the rules have against it, and writes nothing', async () => {
    const actor = await makeStaff('auth.view_group', 'auth.change_group', TAKEN);
    const { ids, changes } = await changesOf(60);
    const [own = 0] = ids;
    await joinGroup(actor, own);
    const { isSaved, review } = await save(actor, changes);
    expect([isSaved, review.refusals.length]).toEqual([false, 60]);
    expect(review.refusals[1]?.texts.join()).toContain(GIVEN);
    const where = { groupId: { in: ids }, permissionId: await permissionId(GIVEN) };
    expect(await db.groupPermission.count({ where })).toBe(0);
  });
});

const byFirst = ([a = 0]: number[], [b = 0]: number[]) => a - b;
