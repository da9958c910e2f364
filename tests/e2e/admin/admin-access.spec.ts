import type { User } from '@/lib/contrib/auth/models';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import {
  ASKED,
  GETS,
  type Get,
  POSTS,
  type Post,
  type Subjects,
  TABLE,
} from '../../support/admin/access-table';
import { type Fields, Visitor, withFields } from '../../support/e2e/visitor';
import { createUser, expect, sealedSession, test } from '../fixtures';

/** Somebody to do things to, and what a superuser's pages would send to do them. */
type World = Subjects & { form: (what: Post) => Promise<{ path: string; fields: Fields }> };

async function visitor(origin: string, user: User): Promise<Visitor> {
  return new Visitor(origin, `${sessionCookieName(false)}=${await sealedSession(user)}`);
}

/** Where a form is, a field that tells it from others there, and what is typed. */
type Form = [path: string, mark: string, changed: Record<string, string | string[]>];

let made = 0;

async function makeWorld(superuser: Visitor): Promise<World> {
  made += 1;
  const { user: target } = await createUser({ username: `target${made}` });
  const { user: root } = await createUser({ isStaff: true, isSuperuser: true });
  const { id: groupId } = await db.group.create({ data: { name: `group${made}` } });
  const where = { codename: 'view_group', contentType: { appLabel: 'auth' } };
  const { id: permissionId } = await db.permission.findFirstOrThrow({ where });
  const number = made;
  const user = `/admin/auth/user/${target.id}/`;
  const group = `/admin/auth/group/${groupId}/`;
  const passwords = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };
  const granted = { permissions: [String(permissionId)] };
  const listed = { _selected_action: String(target.id), post: 'yes' };
  const ofUser = [`${user}change/`, '_model'] as const;
  const ofGroup = [`${group}change/`, '_model'] as const;
  const set = { ...passwords, 'set-password': 'set' };
  const list = ['/admin/auth/user/', '_query'] as const;
  const forms: Record<Post, Form> = {
    rename: [...ofUser, { first_name: 'Renamed' }],
    'make superuser': [...ofUser, { is_superuser: 'on' }],
    'grant to user': [...ofUser, { user_permissions: granted.permissions }],
    'set password': [`${user}password/`, 'password1', set],
    'set password of a superuser': [`/admin/auth/user/${root.id}/password/`, 'password1', set],
    'delete user': [`${user}delete/`, 'post', {}],
    'add user': [
      '/admin/auth/user/add/',
      'password1',
      { ...passwords, username: `added${number}` },
    ],
    'rename group': [...ofGroup, { name: `renamed${number}` }],
    'grant to group': [...ofGroup, granted],
    'delete group': [`${group}delete/`, 'post', {}],
    'add group': ['/admin/auth/group/add/', '_model', { name: `added${number}` }],
    'deactivate listed': [...list, { ...listed, action: 'deactivate' }],
    'delete listed': [...list, { ...listed, action: 'delete_selected' }],
  };
  // A page has several forms: asked for when the first of them is sent.
  const pages = new Map<string, Promise<Fields>>();
  const form: World['form'] = async (what) => {
    const [path, mark, changed] = forms[what];
    const page = pages.get(path) ?? superuser.form(path, mark);
    pages.set(path, page);
    return { path, fields: withFields(await page, { ...changed, _save: 'Save' }) };
  };
  return { userId: target.id, superuserId: root.id, groupId, permissionId, form };
}

/** All that a post could have changed, to see that it did or did not. */
async function stateOf({ userId: id, superuserId, groupId }: World): Promise<string> {
  const state = await Promise.all([
    db.user.findUnique({
      where: { id },
      omit: { password: false, lastLogin: true },
      include: { groups: true, userPermissions: true },
    }),
    db.user.findUnique({ where: { id: superuserId }, select: { password: true } }),
    db.group.findUnique({ where: { id: groupId }, include: { permissions: true } }),
    db.user.findFirst({ where: { username: `added${made}` }, select: { username: true } }),
    db.group.findFirst({ where: { name: `added${made}` }, select: { name: true } }),
  ]);
  return JSON.stringify(state);
}

// Each row is held against the guards themselves in tests/boundary/admin/access.test.ts; of these the built
// pages and the forms that they draw are asked too.
const ASKED_OF_THE_BUILD: (keyof typeof TABLE)[] = [
  'staff without a permission',
  'staff with add_user and change_user',
  'staff with change_group and what she gives',
  'nobody of the staff, with every permission',
];

test.describe('who may see and do what in the admin @javascript-only', () => {
  for (const who of ASKED_OF_THE_BUILD) {
    const { permissions, may, isStaff = true } = TABLE[who];
    test(who, async ({ server }) => {
      const root = await createUser({ isStaff: true, isSuperuser: true });
      const superuser = await visitor(server.url, root.user);
      const { user } = await createUser({ isStaff, permissions });
      const actor = await visitor(server.url, user);
      const world = await makeWorld(superuser);

      const seen: Partial<Record<Get, number>> = {};
      const shown: Partial<Record<Get, number>> = {};
      for (const what of ASKED) {
        seen[what] = (await actor.get(GETS[what](world))).status;
        shown[what] = may.includes(what) ? 200 : 403;
      }
      expect.soft(seen).toEqual(shown);

      const forged: string[] = [];
      for (const what of POSTS.filter((each) => !may.includes(each))) {
        const { path, fields } = await world.form(what);
        const before = await stateOf(world);
        // To the page itself, and to one that whoever is signed in may see.
        for (const address of [path, '/dashboard/']) {
          const { status } = await actor.post(address, fields);
          // Of a list it says in a message that nothing was done.
          const isDone = status >= 300 && status < 400 && !what.endsWith('listed');
          if (isDone) forged.push(`${what} at ${address}: ${status}`);
        }
        if ((await stateOf(world)) !== before) forged.push(`${what}: something was changed`);
      }
      expect.soft(forged).toEqual([]);

      for (const what of POSTS.filter((each) => may.includes(each))) {
        const fresh = await makeWorld(superuser);
        const before = await stateOf(fresh);
        const { path, fields } = await fresh.form(what);
        const { status } = await actor.postRead(path, fields);
        expect([what, status]).toEqual([what, 303]);
        expect([what, (await stateOf(fresh)) === before]).toEqual([what, false]);
      }
    });
  }

  test('a group that is given and taken in mid-session', async ({ server }) => {
    const root = await createUser({ isStaff: true, isSuperuser: true });
    const superuser = await visitor(server.url, root.user);
    const { user } = await createUser({ isStaff: true });
    const actor = await visitor(server.url, user);
    const world = await makeWorld(superuser);
    const { path, fields } = await world.form('rename');
    const page = GETS.user(world);
    const { id: groupId } = await db.group.create({ data: { name: `clerks${made}` } });
    const where = { codename: 'change_user', contentType: { appLabel: 'auth' } };
    const { id: permissionId } = await db.permission.findFirstOrThrow({ where });
    await db.groupPermission.create({ data: { groupId, permissionId } });

    expect((await actor.get(page)).status).toBe(403);
    await db.userGroup.create({ data: { userId: user.id, groupId } });
    expect((await actor.get(page)).status).toBe(200);
    const hers = await actor.form(page, '_model');
    await db.userGroup.deleteMany({ where: { userId: user.id } });
    for (const sent of [hers, fields]) {
      expect((await actor.post(path, withFields(sent, { first_name: 'x' }))).status).toBe(403);
    }
    expect((await actor.get(page)).status).toBe(403);
    expect((await db.user.findUniqueOrThrow({ where: { id: world.userId } })).firstName).toBe('');
  });
});

test('ids, fields and models that nobody has are answered 404 or said on the form @javascript-only', async ({
  server,
}) => {
  const root = await createUser({ isStaff: true, isSuperuser: true });
  const superuser = await visitor(server.url, root.user);
  for (const id of ['0', '01', 'x', '-1', '2147483648', '99999999999', '%00', '2000000000']) {
    for (const page of ['', 'change/', 'delete/', 'history/', 'password/']) {
      const path = `/admin/auth/user/${id}/${page}`;
      expect([path, (await superuser.get(path)).status]).toEqual([path, 404]);
    }
  }
  const { path, fields } = await (await makeWorld(superuser)).form('rename');
  const wrong: Record<string, string | string[]>[] = [
    { _id: '2000000000' },
    { _id: 'x' },
    { _model: 'auth.nothing' },
    { _model: '__proto__' },
    { _model: 'articles.article' },
  ];
  for (const changed of wrong) {
    const { status } = await superuser.post(path, withFields(fields, changed));
    expect([changed, status]).toEqual([changed, 404]);
  }
  const bad: Record<string, string | string[]>[] = [
    { username: 'a\0b' },
    { groups: ['x', '99999999999'] },
    { user_permissions: ['2000000000'] },
    { email: 'no', first_name: 'x'.repeat(500) },
    { username: ['one', 'two words'] },
  ];
  for (const changed of bad) {
    const answer = await superuser.post(path, withFields(fields, changed));
    expect([changed, answer.status]).toEqual([changed, 200]);
    expect(answer.body).toContain('role="alert"');
  }
  // Without an id it would be a new user, for whom there is another form.
  expect((await superuser.post(path, withFields(fields, { _id: [] }))).status).toBe(404);
});
