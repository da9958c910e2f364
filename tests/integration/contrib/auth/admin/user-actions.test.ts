import { beforeAll, describe, expect, it } from 'vitest';
import { answerListPost } from '@/lib/contrib/admin/list/list-post';
import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { ids, isActive, person, told } from '@/tests/support/admin/list-form';
import { makeStaff, makeSuperuser, requestOf, screens, signIn } from '@/tests/support/admin/staff';
import { freshDatabase } from '@/tests/support/database';

let root: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});

describe('the actions on users', () => {
  it('deactivate and activate, with history and security log', async () => {
    const [one, two] = [await person('switch'), await person('switch')];
    const fields = { _selected_action: ids(one, two) };
    expect(await told(root, { ...fields, action: 'deactivate' })).toMatchObject({
      level: 'success',
      text: 'Deactivated 2 users.',
    });
    expect(await told(root, { ...fields, action: 'deactivate' })).toMatchObject({
      level: 'success',
      text: 'Deactivated 0 users. 2 users already were.',
    });
    expect((await told(root, { ...fields, action: 'activate' })).text).toBe('Activated 2 users.');
    const entries = await db.logEntry.findMany({ where: { objectId: String(one.id) } });
    expect(entries.map(({ changeMessage }) => changeMessage)).toEqual(
      Array(2).fill('[{"changed": {"fields": ["Active"]}}]'),
    );
    const events = await db.securityLogEntry.findMany({ where: { targetId: one.id } });
    expect(events.map(({ actorId, ipAddress, detail }) => [actorId, ipAddress, detail])).toEqual([
      [root.id, '192.0.2.1', '{"changed":["isActive"],"isActive":false}'],
      [root.id, '192.0.2.1', '{"changed":["isActive"],"isActive":true}'],
    ]);
  });

  it('end the sessions of whom they put to sleep or wake, for good', async () => {
    const [one, two] = [await person('asleep'), await person('asleep')];
    for (const user of [one, one, two]) await signIn(user);
    const fields = { _selected_action: ids(one, two) };
    const asleep = await told(root, { ...fields, action: 'deactivate' });
    expect(asleep.text).toBe('Deactivated 2 users. 3 sessions ended.');
    const where = { userId: { in: [one.id, two.id] } };
    expect(await db.session.count({ where })).toBe(0);
    const [event] = await db.securityLogEntry.findMany({
      where: { targetId: one.id, event: 'privilege_permissions_changed' },
    });
    expect(event?.detail).toBe('{"changed":["isActive"],"isActive":false,"sessionsEnded":2}');
    // As Django leaves it, which ends no session when it takes "active" away.
    await signIn(one);
    expect((await told(root, { ...fields, action: 'activate' })).text).toContain(
      '1 session ended.',
    );
    expect(await db.session.count({ where })).toBe(0);
  });

  it('spare superusers from who is none, and oneself', async () => {
    const clerk = await makeStaff('auth.view_user', 'auth.change_user');
    const plain = await person('plain');
    const outcome = await told(clerk, {
      action: 'deactivate',
      _selected_action: ids(clerk, root, plain),
    });
    expect(outcome.level).toBe('warning');
    expect(outcome.text).toContain('Deactivated 1 user.');
    expect(outcome.text).toContain('Your own account was left as it is.');
    expect(outcome.text).toContain('Only a superuser');
    expect(await isActive(clerk, root, plain)).toEqual([true, true, false]);
  });

  it('end sessions, but neither those of superusers for who is none nor the one in use', async () => {
    const [clerk, plain] = [
      await makeStaff('auth.view_user', 'auth.change_user'),
      await person('p'),
    ];
    for (const user of [clerk, plain, plain, root]) await signIn(user);
    const own = await db.session.findFirstOrThrow({ where: { userId: clerk.id } });
    await signIn(clerk);
    const form = new FormData();
    form.append('action', 'end_sessions');
    for (const id of ids(clerk, plain, root)) form.append('_selected_action', id);
    const request = { ...requestOf(clerk), session: { id: own.id, keyHash: own.sessionKey } };
    const answer = await answerListPost(screens('auth.user'), request, { form, isFresh: true });
    const text = answer.kind === 'told' ? answer.outcome.text : '';
    expect(text).toContain('Ended 3 sessions of 2 users. The session you are in goes on.');
    expect(text).toContain('Only a superuser');
    const left = await db.session.findMany({
      where: { userId: { in: [clerk.id, plain.id, root.id] } },
    });
    expect(left.map(({ userId }) => userId).sort()).toEqual([clerk.id, root.id].sort());
    expect(left.some(({ id }) => id === own.id)).toBe(true);
  });

  it('take more users than one statement can name', async () => {
    await db.user.createMany({
      data: Array.from({ length: 1100 }, (_, i) => ({
        ...{ username: `row${i}`, password: '!', firstName: '', lastName: '', email: '' },
        ...{ isActive: true, isStaff: false, isSuperuser: false, dateJoined: new Date() },
      })),
    });
    const fields = { select_across: '1', _query: 'username__startswith=row' };
    const outcome = await told(root, { ...fields, action: 'end_sessions' });
    expect(outcome.text).toBe('There was no session to end.');
    expect((await told(root, { ...fields, action: 'deactivate' })).text).toBe(
      'Deactivated 1,100 users.',
    );
  });

  it('never leave the site without an active superuser', async () => {
    const others = [
      await person('boss', { isSuperuser: true }),
      await person('boss', { isSuperuser: true }),
    ];
    await told(root, { action: 'deactivate', _selected_action: ids(root, ...others) });
    expect(await isActive(root, ...others)).toEqual([true, false, false]);
  });
});
