import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { PermissionDenied } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { previewChanges, saveChanges } from '@/lib/extras/matrix/matrix-save';
import { read } from '@/tests/support/admin/read-review';
import { makeStaff } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { change, makeCast, requestOf } from './matrix-cast';

beforeAll(freshDatabase);

let root: User;
let ida: User;
let editors: number;
let made: number;

beforeEach(async () => {
  ({ root, ida, editors, made } = await makeCast());
});

async function isEmpty(groupId: number): Promise<boolean> {
  return (await db.groupPermission.count({ where: { groupId } })) === 0;
}

describe('what was read in the matrix', () => {
  it('saves nothing when as many others are affected, whatever their ids add up to', async () => {
    const people = [];
    for (let i = 0; i < 6; i += 1) {
      people.push(await users.createUser({ username: `swap${made}-${i}` }));
    }
    const [a, b, c, d, e, f] = people.map(({ id }) => id);
    const group = await makeGroup(`swapped${made}`);
    const changes = [await change(group, 'articles.add_article', true)];
    const putIn = async (...ids: (number | undefined)[]) => {
      await db.userGroup.deleteMany({ where: { groupId: group } });
      await db.userGroup.createMany({
        data: ids.flatMap((userId) => (userId ? [{ userId, groupId: group }] : [])),
      });
    };
    // Of one sum each, but the last.
    for (const [before, then] of [
      [
        [a, d],
        [b, c],
      ],
      [
        [b, e],
        [c, d],
      ],
      [
        [a, f],
        [c, d],
      ],
      [
        [a, e, f],
        [b, d, f],
      ],
      [[a], [f]],
    ]) {
      await putIn(...(before ?? []));
      const { digest } = await previewChanges(root, changes);
      await putIn(...(then ?? []));
      const saved = await saveChanges(requestOf(root), changes, read(digest));
      expect(saved.isSaved).toBe(false);
      expect(saved.review.effects[0]?.gains.first.map(({ id }) => id)).toEqual(then);
      expect(await isEmpty(group)).toBe(true);
    }
    await putIn(a, b);
    const { digest } = await previewChanges(root, changes);
    await putIn(b, a);
    expect((await saveChanges(requestOf(root), changes, read(digest))).isSaved).toBe(true);
  });

  it('asks to read again when two people change places in what they gain and lose', async () => {
    const eve = await users.createUser({ username: `eve${made}` });
    const other = await makeGroup(`other${made}`, ['articles.view_article']);
    await joinGroup(eve, other);
    const changes = [
      await change(editors, 'articles.add_article', true),
      await change(other, 'articles.view_article', false),
    ];
    const { digest } = await previewChanges(root, changes);
    await db.userGroup.updateMany({ where: { userId: ida.id }, data: { groupId: other } });
    await db.userGroup.updateMany({ where: { userId: eve.id }, data: { groupId: editors } });
    expect((await saveChanges(requestOf(root), changes, read(digest))).isSaved).toBe(false);
  });

  it('is not kept from saving by what changes nothing for anybody', async () => {
    const changes = [await change(editors, 'articles.add_article', true)];
    const { digest } = await previewChanges(root, changes);
    const idle = await makeGroup(`idle${made}`, ['auth.view_group']);
    await joinGroup(ida, idle);
    const asleep = await users.createUser({ username: `asleep${made}`, isActive: false });
    await joinGroup(asleep, editors);
    expect((await saveChanges(requestOf(root), changes, read(digest))).isSaved).toBe(true);
  });

  it('names people only to who may view users, and counts them for everybody', async () => {
    const grouper = await makeStaff('auth.change_group', 'articles.add_article');
    const giving = [await change(editors, 'articles.add_article', true)];
    const told = await previewChanges(grouper, giving);
    expect(told.effects[0]?.gains).toEqual({ count: 1, first: [] });
    expect(JSON.stringify(told)).not.toContain(ida.username);
    const saved = await saveChanges(requestOf(grouper), giving, read('not what was read'));
    expect(JSON.stringify(saved)).not.toContain(ida.username);
    await grant(grouper, 'auth.view_user');
    const named = await previewChanges(await reload(grouper), giving);
    expect(named.effects[0]?.gains.first).toEqual([{ id: ida.id, username: ida.username }]);
    expect(named.digest).toBe(told.digest);
    const own = await makeStaff('auth.change_group', 'auth.view_group', 'articles.add_article');
    await joinGroup(own, editors);
    const seen = await previewChanges(own, [await change(editors, 'articles.view_article', false)]);
    expect(seen.effects[0]?.losses).toEqual({
      count: 2,
      first: [{ id: own.id, username: own.username }],
    });
  });

  it('does not tell which users or groups exist to who may change none', async () => {
    const grouper = await makeStaff('auth.change_group', 'articles.add_article');
    const viewer = await makeStaff('auth.view_group', 'articles.add_article');
    const permission = await permissionId('articles.add_article');
    const missing = 2_147_483_647;
    for (const [actor, kind, ids] of [
      [grouper, 'user', [ida.id, missing]],
      [viewer, 'user', [ida.id, missing]],
      [viewer, 'group', [editors, missing]],
    ] as const) {
      for (const id of ids) {
        const cell = [{ kind, id, permissionId: permission, gives: true }];
        await expect(previewChanges(actor, cell)).rejects.toThrow(PermissionDenied);
        await expect(saveChanges(requestOf(actor), cell, read(''))).rejects.toThrow(
          PermissionDenied,
        );
      }
    }
  });
});
