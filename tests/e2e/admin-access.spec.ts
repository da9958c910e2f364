import type { PermissionName } from '@/lib/apps';
import type { User } from '@/lib/auth/models';
import { db } from '@/lib/db/client';
import { sessionCookieName } from '@/lib/sessions/cookie';
import { type Fields, Visitor, withFields } from '../setup/e2e/visitor';
import { createUser, expect, sealedSession, test } from './fixtures';

/** Somebody to do things to, and what a superuser's pages would send to do them. */
type World = {
  target: User;
  groupId: number;
  permissionId: number;
  forms: Record<Post, { path: string; fields: Fields }>;
};

type Get =
  | 'user'
  | 'history'
  | 'delete page'
  | 'password page'
  | 'add page'
  | 'group'
  | 'permission';
type Post =
  | 'rename'
  | 'make superuser'
  | 'grant to user'
  | 'set password'
  | 'delete user'
  | 'add user'
  | 'rename group'
  | 'grant to group'
  | 'delete group';
type Expected = { may: (Get | Post)[]; permissions: PermissionName[]; isStaff?: boolean };

const GETS: Record<Get, (world: World) => string> = {
  user: ({ target }) => `/admin/auth/user/${target.id}/change/`,
  history: ({ target }) => `/admin/auth/user/${target.id}/history/`,
  'delete page': ({ target }) => `/admin/auth/user/${target.id}/delete/`,
  'password page': ({ target }) => `/admin/auth/user/${target.id}/password/`,
  'add page': () => '/admin/auth/user/add/',
  group: ({ groupId }) => `/admin/auth/group/${groupId}/change/`,
  permission: ({ permissionId }) => `/admin/auth/permission/${permissionId}/change/`,
};

/** Who may do what. What is not listed is answered 403, or with the form and why not. */
const TABLE: Record<string, Expected> = {
  'staff without a permission': { permissions: [], may: [] },
  'staff with view_user': { permissions: ['auth.view_user'], may: ['user', 'history'] },
  'staff with change_user': {
    permissions: ['auth.change_user'],
    may: ['user', 'history', 'password page', 'rename', 'set password'],
  },
  'staff with change_user and what she gives': {
    permissions: ['auth.change_user', 'auth.view_group'],
    may: ['user', 'history', 'group', 'password page', 'rename', 'set password', 'grant to user'],
  },
  'staff with add_user': { permissions: ['auth.add_user'], may: [] },
  'staff with add_user and change_user': {
    permissions: ['auth.add_user', 'auth.change_user'],
    may: ['user', 'history', 'password page', 'add page', 'rename', 'set password', 'add user'],
  },
  'staff with delete_user': {
    permissions: ['auth.delete_user'],
    may: ['delete page', 'delete user'],
  },
  'staff with view_user and delete_user': {
    permissions: ['auth.view_user', 'auth.delete_user'],
    may: ['user', 'history', 'delete page', 'delete user'],
  },
  'staff with change_group': {
    permissions: ['auth.change_group'],
    may: ['group', 'rename group'],
  },
  'staff with change_group and what she gives': {
    permissions: ['auth.change_group', 'auth.view_group'],
    may: ['group', 'rename group', 'grant to group'],
  },
  'staff with view_permission': { permissions: ['auth.view_permission'], may: ['permission'] },
  'nobody of the staff, with every permission': {
    isStaff: false,
    permissions: ['auth.change_user', 'auth.delete_user', 'auth.change_group', 'auth.delete_group'],
    may: [],
  },
};

async function visitor(origin: string, user: User): Promise<Visitor> {
  return new Visitor(origin, `${sessionCookieName(false)}=${await sealedSession(user)}`);
}

let made = 0;

async function makeWorld(superuser: Visitor): Promise<World> {
  made += 1;
  const { user: target } = await createUser({ username: `target${made}` });
  const { id: groupId } = await db.group.create({ data: { name: `group${made}` } });
  const where = { codename: 'view_group', contentType: { appLabel: 'auth' } };
  const { id: permissionId } = await db.permission.findFirstOrThrow({ where });
  const user = `/admin/auth/user/${target.id}/`;
  const group = `/admin/auth/group/${groupId}/`;
  const ofUser = await superuser.form(`${user}change/`, '_model');
  const ofGroup = await superuser.form(`${group}change/`, '_model');
  const passwords = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };
  const granted = [String(permissionId)];
  const form = (path: string, fields: Fields, changed: Record<string, string | string[]>) => ({
    path,
    fields: withFields(fields, { ...changed, _save: 'Save' }),
  });
  const setPassword = await superuser.form(`${user}password/`, 'password1');
  const added = await superuser.form('/admin/auth/user/add/', 'password1');
  const forms: World['forms'] = {
    rename: form(`${user}change/`, ofUser, { first_name: 'Renamed' }),
    'make superuser': form(`${user}change/`, ofUser, { is_superuser: 'on' }),
    'grant to user': form(`${user}change/`, ofUser, { user_permissions: granted }),
    'set password': form(`${user}password/`, setPassword, { ...passwords, 'set-password': 'set' }),
    'delete user': form(`${user}delete/`, await superuser.form(`${user}delete/`, 'post'), {}),
    'add user': form('/admin/auth/user/add/', added, { ...passwords, username: `added${made}` }),
    'rename group': form(`${group}change/`, ofGroup, { name: `renamed${made}` }),
    'grant to group': form(`${group}change/`, ofGroup, { permissions: granted }),
    'delete group': form(`${group}delete/`, await superuser.form(`${group}delete/`, 'post'), {}),
  };
  return { target, groupId, permissionId, forms };
}

/** All that a post could have changed, to see that it did or did not. */
async function stateOf({ target, groupId }: World): Promise<string> {
  const id = target.id;
  const state = await Promise.all([
    db.user.findUnique({
      where: { id },
      omit: { password: false, lastLogin: true },
      include: { groups: true, userPermissions: true },
    }),
    db.group.findUnique({ where: { id: groupId }, include: { permissions: true } }),
    db.user.findFirst({ where: { username: `added${made}` }, select: { username: true } }),
  ]);
  return JSON.stringify(state);
}

test.describe('who may see and do what in the admin @javascript-only', () => {
  for (const [who, { permissions, may, isStaff = true }] of Object.entries(TABLE)) {
    test(who, async ({ server }) => {
      const root = await createUser({ isStaff: true, isSuperuser: true });
      const superuser = await visitor(server.url, root.user);
      const { user } = await createUser({ isStaff, permissions });
      const actor = await visitor(server.url, user);
      const world = await makeWorld(superuser);

      for (const [what, pathOf] of Object.entries(GETS)) {
        const { status } = await actor.get(pathOf(world));
        expect([what, status]).toEqual([what, may.some((each) => each === what) ? 200 : 403]);
      }
      for (const [what, { path, fields }] of Object.entries(world.forms)) {
        if (may.some((each) => each === what)) continue;
        const before = await stateOf(world);
        // To the page itself, and to one that whoever is signed in may see.
        for (const address of [path, '/dashboard/']) {
          const { status } = await actor.post(address, fields);
          expect([what, address, status >= 300 && status < 400]).toEqual([what, address, false]);
        }
        expect([what, await stateOf(world)]).toEqual([what, before]);
      }
      for (const [what, { path, fields }] of Object.entries(world.forms)) {
        if (!may.some((each) => each === what)) continue;
        const fresh = await makeWorld(superuser);
        const before = await stateOf(fresh);
        const form = fresh.forms[what as Post] ?? { path, fields };
        const { status } = await actor.post(form.path, form.fields);
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
    const { path, fields } = world.forms.rename;
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
    expect((await db.user.findUniqueOrThrow({ where: { id: world.target.id } })).firstName).toBe(
      '',
    );
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
  const { forms } = await makeWorld(superuser);
  const { path, fields } = forms.rename;
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
