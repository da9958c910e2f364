import { beforeAll, describe, expect, it } from 'vitest';
import { MOST_SELECTED, offeredActions } from '@/lib/admin/actions';
import { answerListPost, type ListAnswer } from '@/lib/admin/list-post';
import { type AdminAction, defineAdmin } from '@/lib/admin/options';
import { login } from '@/lib/auth/auth';
import { users } from '@/lib/auth/managers';
import { AnonymousUser, type User } from '@/lib/auth/models';
import { PermissionDenied, SuspiciousOperation } from '@/lib/core/exceptions';
import { db, Prisma } from '@/lib/db/client';
import { Session } from '@/lib/sessions/session';
import { freshDatabase } from '@/tests/setup/database';
import { makeStaff, makeSuperuser, requestOf, screens } from './staff';

let root: User;
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});

type Fields = Record<string, string | readonly string[]>;

async function post(user: User, fields: Fields, admin = screens('auth.user')): Promise<ListAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) form.append(name, each);
  }
  return answerListPost(admin, requestOf(user), form);
}

async function told(user: User, fields: Fields, admin = screens('auth.user')) {
  const answer = await post(user, fields, admin);
  if (answer.kind !== 'told') throw new Error('The list asked something.');
  return answer.outcome;
}

async function person(prefix: string, extra: { isSuperuser?: boolean } = {}): Promise<User> {
  made += 1;
  const user = await users.createUser({ username: `${prefix}${made}`, ...extra });
  return user;
}

async function isActive(...people: User[]): Promise<boolean[]> {
  const rows = await db.user.findMany({ where: { id: { in: people.map(({ id }) => id) } } });
  return people.map(({ id }) => rows.find((row) => row.id === id)?.isActive ?? false);
}

async function signIn(user: User): Promise<void> {
  const session = new Session();
  await login({ session, user: new AnonymousUser() }, user);
  await session.save({ ipAddress: '192.0.2.1', userAgent: 'Tester' });
}

const ids = (...people: User[]) => people.map(({ id }) => String(id));

describe('an action of the list', () => {
  it('is offered to who has its permission', async () => {
    const names = async (user: User) =>
      (await offeredActions(screens('auth.user'), user)).map(({ name }) => name);
    expect(await names(root)).toEqual([
      'activate',
      'deactivate',
      'end_sessions',
      'delete_selected',
    ]);
    expect(await names(await makeStaff('auth.view_user'))).toEqual([]);
    expect(await names(await makeStaff('auth.view_user', 'auth.delete_user'))).toEqual([
      'delete_selected',
    ]);
  });

  it('that is unknown, missing or not offered does nothing', async () => {
    const victim = await person('victim');
    const viewer = await makeStaff('auth.view_user');
    const asked = { _selected_action: ids(victim), post: 'yes' };
    for (const [user, action] of [
      [root, ''],
      [root, 'explode'],
      [viewer, 'delete_selected'],
      [viewer, 'deactivate'],
    ] as const) {
      const outcome = await told(user, { ...asked, action });
      expect(outcome).toEqual({ level: 'warning', text: 'No action selected.' });
    }
    expect(await isActive(victim)).toEqual([true]);
  });

  it('needs a row that is there', async () => {
    for (const selected of [[], ['0'], ['x', '99999999999', '\0'], ['99999999']]) {
      const outcome = await told(root, { action: 'deactivate', _selected_action: selected });
      expect(outcome.text).toContain('Items must be selected');
    }
  });

  it('works within search and filters only', async () => {
    const [inside, outside] = [await person('inside'), await person('outside')];
    await told(root, {
      action: 'deactivate',
      _query: `q=${inside.username}`,
      _selected_action: ids(inside, outside),
    });
    expect(await isActive(inside, outside)).toEqual([false, true]);
  });

  it('works on all pages of what the query leaves with select_across', async () => {
    const crowd = [await person('crowd'), await person('crowd'), await person('crowd')];
    const admin = { ...screens('auth.user') };
    const paged = { ...admin, options: { ...admin.options, listPerPage: 1 } };
    const outcome = await told(
      root,
      { action: 'deactivate', _query: 'q=crowd&p=2', select_across: '1' },
      paged,
    );
    expect(outcome).toEqual({ level: 'success', text: 'Deactivated 3 users.' });
    expect(await isActive(...crowd)).toEqual([false, false, false]);
  });

  it.each(['q=%00', 'bogus=1', 'password__startswith=x', `q=${'a '.repeat(40)}`])(
    'is refused for the query %s, which would have been left aside',
    async (query) => {
      await expect(
        post(root, { action: 'deactivate', _query: query, select_across: '1' }),
      ).rejects.toThrow(SuspiciousOperation);
    },
  );

  it('takes no more rows than fit into a transaction', async () => {
    const many = Array.from({ length: MOST_SELECTED + 1 }, (_, i) => String(i + 1));
    const outcome = await told(root, { action: 'deactivate', _selected_action: many });
    expect(outcome.text).toContain('at once. Nothing has been changed');
  });

  it('leaves out rows that a declaration does not let the person change, and says so', async () => {
    const [mine, theirs] = [await person('mine'), await person('theirs')];
    const touched: number[] = [];
    const touch: AdminAction = {
      name: 'touch',
      label: 'Touch',
      permission: 'change',
      run: async (call) => {
        touched.push(...call.ids);
        return { level: 'success', text: 'Touched.' };
      },
    };
    const admin = defineAdmin('auth.user', {
      actions: [touch],
      hasChangePermission: (_user, row) => row?.id !== theirs.id,
      getQueryset: () => Prisma.sql`t.is_superuser = ${false}`,
    });
    const fields = { action: 'touch', _selected_action: ids(mine, theirs, root) };
    const outcome = await told(root, fields, admin);
    expect(outcome).toEqual({
      level: 'warning',
      text: 'Touched. 1 user was left out: you may not change it.',
    });
    expect(touched).toEqual([mine.id]);
  });
});

describe('delete_selected', () => {
  it('asks first, naming what goes with the rows', async () => {
    const doomed = await person('doomed');
    await signIn(doomed);
    const group = await db.group.create({ data: { name: 'Doomed' } });
    await db.userGroup.create({ data: { userId: doomed.id, groupId: group.id } });
    const answer = await post(root, { action: 'delete_selected', _selected_action: ids(doomed) });
    expect(answer).toMatchObject({
      kind: 'asked',
      ids: [doomed.id],
      deletion: {
        counts: [
          { name: 'user', count: 1 },
          { name: 'user-group relationship', count: 1 },
        ],
      },
    });
    expect(await users.getById(doomed.id)).not.toBeNull();
  });

  it('deletes with post, and writes one entry each into the history', async () => {
    const doomed = [await person('doomed'), await person('doomed')];
    const asked = await post(root, {
      action: 'delete_selected',
      select_across: '1',
      _query: 'q=doomed',
    });
    const selected = asked.kind === 'asked' ? asked.ids.join(',') : '';
    const fields = { action: 'delete_selected', post: 'yes', _query: 'q=doomed' };
    const answer = await post(root, { ...fields, _selected_action: selected });
    const count = selected.split(',').length;
    expect(answer).toEqual({
      kind: 'told',
      isDeleted: true,
      outcome: { level: 'success', text: `Successfully deleted ${count} users.` },
    });
    expect(await isActive(...doomed)).toEqual([false, false]);
    const entries = await db.logEntry.findMany({
      where: { actionFlag: 3, objectId: { in: ids(...doomed) } },
    });
    expect(entries.map(({ objectRepr }) => objectRepr).sort()).toEqual(
      doomed.map(({ username }) => username),
    );
  });

  it('is a 403 for who may not delete something that goes with the rows', async () => {
    const author = await person('author');
    const admin = { ...screens('auth.user') };
    const keeper = await makeStaff('auth.view_user', 'auth.delete_user');
    const strict = {
      ...admin,
      options: { ...admin.options, hasDeletePermission: (_user: unknown, row?: unknown) => !row },
    };
    const fields = { action: 'delete_selected', _selected_action: ids(author) };
    expect(await post(keeper, fields, strict)).toMatchObject({
      kind: 'asked',
      deletion: { permsNeeded: ['user'] },
    });
    await expect(post(keeper, { ...fields, post: 'yes' }, strict)).rejects.toThrow(
      PermissionDenied,
    );
    expect(await isActive(author)).toEqual([true]);
  });
});

describe('the actions on users', () => {
  it('deactivate and activate, with history and security log', async () => {
    const [one, two] = [await person('switch'), await person('switch')];
    const fields = { _selected_action: ids(one, two) };
    expect(await told(root, { ...fields, action: 'deactivate' })).toEqual({
      level: 'success',
      text: 'Deactivated 2 users.',
    });
    expect(await told(root, { ...fields, action: 'deactivate' })).toEqual({
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
    const answer = await answerListPost(screens('auth.user'), request, form);
    const text = answer.kind === 'told' ? answer.outcome.text : '';
    expect(text).toContain('Ended 3 sessions of 2 users. The session you are in goes on.');
    expect(text).toContain('Only a superuser');
    const left = await db.session.findMany({
      where: { userId: { in: [clerk.id, plain.id, root.id] } },
    });
    expect(left.map(({ userId }) => userId).sort()).toEqual([clerk.id, root.id].sort());
    expect(left.some(({ id }) => id === own.id)).toBe(true);
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
