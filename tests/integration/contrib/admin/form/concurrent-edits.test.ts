import { beforeAll, describe, expect, it } from 'vitest';
import { conflictWords } from '@/lib/contrib/admin/form/conflict-words';
import { db } from '@/lib/db/client';
import { isActive, post, told } from '@/tests/support/admin/list-form';
import { type Fields, makeUser, save, untouched } from '@/tests/support/admin/object-forms';
import { saidOf } from '@/tests/support/admin/read-review';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';

beforeAll(freshDatabase);

describe('concurrent edits', () => {
  it('tells the second person who changed what, and saves hers at her second try', async () => {
    const [first, second] = [await makeSuperuser(), await makeSuperuser()];
    const admin = screens('auth.user');
    const user = await makeUser();
    const groupId = await makeGroup('given meanwhile');
    const fields = await untouched(admin, user.id);
    const wanted = { id: user.id, by: first };
    expect(await save('auth.user', { ...fields, groups: [groupId] }, wanted)).toMatchObject({
      kind: 'saved',
    });

    const hers = { ...fields, first_name: 'Hers' };
    const told = await save('auth.user', hers, { id: user.id, by: second });
    if (told.kind !== 'conflict') throw new Error(told.kind);
    const words = (await conflictWords(admin, told.conflict, told.row)).join(' ');
    expect(words).toContain(`${first.username} changed this user`);
    expect(words).toContain('Groups is now “given meanwhile”.');
    expect((await db.user.findUniqueOrThrow({ where: { id: user.id } })).firstName).toBe('');

    const again = { ...hers, _version: told.version };
    expect(await save('auth.user', again, { id: user.id, by: second })).toMatchObject({
      kind: 'saved',
    });
    const row = await db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(row.firstName).toBe('Hers');
    expect(await db.userGroup.count({ where: { userId: user.id } })).toBe(0);
  });

  it('lets one of two that are sent at once through', async () => {
    const by = await makeSuperuser();
    const user = await makeUser();
    const fields = await untouched(screens('auth.user'), user.id);
    const saved = await Promise.all(
      ['One', 'Two'].map((name) =>
        save('auth.user', { ...fields, first_name: name }, { id: user.id, by }),
      ),
    );
    expect(saved.map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved']);
  });

  it('takes any text for a version without falling over', async () => {
    const user = await makeUser();
    const fields = await untouched(screens('auth.user'), user.id);
    const by = await makeSuperuser();
    const damaged = String(fields['_version']).replace(/^[^.]+/, '');
    for (const _version of [
      '',
      'x',
      'zzzzzzzzzzzzzzzz',
      '-zz',
      damaged,
      `${'z'.repeat(20)}${damaged.replace('.', '.x')}`,
    ]) {
      const saved = await save('auth.user', { ...fields, _version }, { id: user.id, by });
      expect(['saved', 'conflict']).toContain(saved.kind);
    }
  });
});

describe('an old sign-in', () => {
  it('is enough for what gives nobody a right, and for nothing else', async () => {
    const by = await makeSuperuser();
    const user = await makeUser();
    const held = await permissionId('auth.view_user');
    await grant(user, 'auth.view_user');
    const groupId = await makeGroup('for the fresh');
    await joinGroup(user, groupId);
    const fields = await untouched(screens('auth.user'), user.id);
    const wanted = { id: user.id, by, isFresh: false };
    const other = await permissionId('auth.add_user');
    const grants: Fields[] = [
      { is_staff: 'on' },
      { is_superuser: 'on' },
      { email: 'thief@example.com' },
      { username: 'thief' },
      { user_permissions: [held, other] },
      { groups: [groupId, await makeGroup('another for the fresh')] },
    ];
    for (const asked of grants) {
      const saved = await save('auth.user', { ...fields, ...asked }, wanted);
      expect([asked, saved]).toEqual([asked, { kind: 'stale sign-in' }]);
    }
    const taken = { ...fields, user_permissions: [], groups: [], first_name: 'Plain' };
    expect(await save('auth.user', taken, wanted)).toMatchObject({ kind: 'saved' });
  });

  it('wakes nobody, in the form or in the list, and puts to sleep whom it likes', async () => {
    const by = await makeSuperuser();
    const user = await makeUser();
    const wanted = { id: user.id, by, isFresh: false };
    const { is_active: _on, ...asleep } = await untouched(screens('auth.user'), user.id);
    expect(await save('auth.user', asleep, wanted)).toMatchObject({ kind: 'saved' });
    const sleeping = await untouched(screens('auth.user'), user.id);
    const awake = { ...sleeping, is_active: 'on' };
    expect(await save('auth.user', awake, wanted)).toEqual({ kind: 'stale sign-in' });
    const listed = { action: 'activate', _selected_action: String(user.id) };
    const answer = await post(by, listed, screens('auth.user'), false);
    if (answer.kind !== 'unread') throw new Error('Nothing was to be read.');
    const read = { ...listed, ...saidOf(answer.unread.review) };
    const stale = await post(by, read, screens('auth.user'), false);
    expect(stale).toMatchObject({ kind: 'stale sign-in', ids: [user.id] });
    expect(await isActive(user)).toEqual([false]);
    expect(await told(by, listed)).toMatchObject({ text: 'Activated 1 user.' });
    const sleep = { ...listed, action: 'deactivate' };
    const asked = await post(by, sleep, screens('auth.user'), false);
    const said = asked.kind === 'unread' ? saidOf(asked.unread.review) : {};
    const slept = await post(by, { ...sleep, ...said }, screens('auth.user'), false);
    expect(slept).toMatchObject({ kind: 'told', outcome: { text: 'Deactivated 1 user.' } });
  });

  it("does not change one's own address either", async () => {
    const by = await makeSuperuser();
    const fields = await untouched(screens('auth.user'), by.id);
    const asked = { ...fields, email: 'thief@example.com' };
    const wanted = { id: by.id, by, isFresh: false };
    expect(await save('auth.user', asked, wanted)).toEqual({ kind: 'stale sign-in' });
  });

  it('gives a group no permission', async () => {
    const by = await makeSuperuser();
    const permissions = [await permissionId('auth.add_user')];
    const wanted = { by, isFresh: false };
    expect(await save('auth.group', { name: 'Stale', permissions }, wanted)).toEqual({
      kind: 'stale sign-in',
    });
    expect(await save('auth.group', { name: 'Stale' }, wanted)).toMatchObject({ kind: 'saved' });
  });
});
