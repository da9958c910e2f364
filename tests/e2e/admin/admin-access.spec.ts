import type { User } from '@/lib/contrib/auth/models';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import {
  GETS,
  type Get,
  POSTS,
  type Post,
  type Subjects,
  TABLE,
} from '../../support/e2e/access-table';
import { type Fields, Visitor, withFields } from '../../support/e2e/visitor';
import { createUser, expect, sealedSession, test } from '../fixtures';

/** Somebody to do things to, and what a superuser's pages would send to do them. */
type World = Subjects & { forms: Record<Post, { path: string; fields: Fields }> };

async function visitor(origin: string, user: User): Promise<Visitor> {
  return new Visitor(origin, `${sessionCookieName(false)}=${await sealedSession(user)}`);
}

let made = 0;

async function makeWorld(superuser: Visitor): Promise<World> {
  made += 1;
  const { user: target } = await createUser({ username: `target${made}` });
  const { user: root } = await createUser({ isStaff: true, isSuperuser: true });
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
  const roots = `/admin/auth/user/${root.id}/password/`;
  const setRoots = await superuser.form(roots, 'password1');
  const added = await superuser.form('/admin/auth/user/add/', 'password1');
  const newGroup = await superuser.form('/admin/auth/group/add/', '_model');
  const list = await superuser.form('/admin/auth/user/', '_query');
  const listed = { _selected_action: String(target.id), post: 'yes' };
  const forms: World['forms'] = {
    rename: form(`${user}change/`, ofUser, { first_name: 'Renamed' }),
    'make superuser': form(`${user}change/`, ofUser, { is_superuser: 'on' }),
    'grant to user': form(`${user}change/`, ofUser, { user_permissions: granted }),
    'set password': form(`${user}password/`, setPassword, { ...passwords, 'set-password': 'set' }),
    'set password of a superuser': form(roots, setRoots, { ...passwords, 'set-password': 'set' }),
    'delete user': form(`${user}delete/`, await superuser.form(`${user}delete/`, 'post'), {}),
    'add user': form('/admin/auth/user/add/', added, { ...passwords, username: `added${made}` }),
    'rename group': form(`${group}change/`, ofGroup, { name: `renamed${made}` }),
    'grant to group': form(`${group}change/`, ofGroup, { permissions: granted }),
    'delete group': form(`${group}delete/`, await superuser.form(`${group}delete/`, 'post'), {}),
    'add group': form('/admin/auth/group/add/', newGroup, { name: `added${made}` }),
    'deactivate listed': form('/admin/auth/user/', list, { ...listed, action: 'deactivate' }),
    'delete listed': form('/admin/auth/user/', list, { ...listed, action: 'delete_selected' }),
  };
  return { userId: target.id, superuserId: root.id, groupId, permissionId, forms };
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

test.describe('who may see and do what in the admin @javascript-only', () => {
  for (const [who, { permissions, may, isStaff = true }] of Object.entries(TABLE)) {
    test(who, async ({ server }) => {
      const root = await createUser({ isStaff: true, isSuperuser: true });
      const superuser = await visitor(server.url, root.user);
      const { user } = await createUser({ isStaff, permissions });
      const actor = await visitor(server.url, user);
      const world = await makeWorld(superuser);

      const seen: Partial<Record<Get, number>> = {};
      const shown: Partial<Record<Get, number>> = {};
      for (const what of namesOf(GETS)) {
        seen[what] = (await actor.get(GETS[what](world))).status;
        shown[what] = may.includes(what) ? 200 : 403;
      }
      expect.soft(seen).toEqual(shown);

      const forged: string[] = [];
      for (const what of POSTS.filter((each) => !may.includes(each))) {
        const { path, fields } = world.forms[what];
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
        const { path, fields } = fresh.forms[what];
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

function namesOf<T extends object>(record: T): (keyof T)[] {
  return Object.keys(record) as (keyof T)[];
}
