import { beforeAll, describe, expect, it } from 'vitest';
import { deleteAction, saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { addUserAction, setPasswordAction } from '@/app/(admin)/admin/auth/user/actions';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import {
  ASKED,
  GETS,
  type Get,
  POSTS,
  type Post,
  type Subjects,
  TABLE,
} from '@/tests/support/admin/access-table';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { sendRead } from '@/tests/support/admin/read-review';
import { screens } from '@/tests/support/admin/staff';
import { makeGroup, permissionId } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { entryAt } from '@/tests/support/pages/entry-at';
import { answerOf } from '@/tests/support/plain-source';
import { browser } from '../browser';
import { makePerson } from '../people';
import { ORIGIN } from '../probe';

beforeAll(freshDatabase);

let made = 0;

/** Somebody and a group to do things to, and what is made where a form adds something. */
type World = Subjects & { added: string };

async function makeWorld(): Promise<World> {
  made += 1;
  const target = await users.createUser({ username: `target${made}`, password: null });
  const root = await users.createSuperuser({ username: `root${made}`, password: null });
  return {
    userId: target.id,
    superuserId: root.id,
    groupId: await makeGroup(`group${made}`),
    permissionId: await permissionId('auth.view_group'),
    added: `added${made}`,
  };
}

/** All that a form could have changed, to see that it did or did not. */
async function stateOf({ userId: id, superuserId, groupId, added }: World): Promise<string> {
  return JSON.stringify([
    await db.user.findUnique({
      where: { id },
      omit: { password: false, lastLogin: true },
      include: { groups: true, userPermissions: true },
    }),
    await db.user.findUnique({ where: { id: superuserId }, select: { password: true } }),
    await db.group.findUnique({ where: { id: groupId }, include: { permissions: true } }),
    await db.user.count({ where: { username: added } }),
    await db.group.count({ where: { name: added } }),
  ]);
}

async function statusOf(address: string, cookie: string): Promise<number> {
  const url = new URL(address, ORIGIN);
  const { kind, call, params } = await entryAt(url.pathname);
  const request = new Request(url, { headers: { cookie, host: url.host } });
  const asked = { params: Promise.resolve(params) };
  const query = Object.fromEntries(url.searchParams);
  const page = { ...asked, searchParams: Promise.resolve(query) };
  const answer = () => (kind === 'page' ? call(page) : call(request, asked));
  return (await answerOf(request, kind, answer)).status;
}

type Send = (form: FormData) => Promise<unknown>;
type Form = { path: string; send: Send; fields: Fields };

const PASSWORDS = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };

/** What the page of somebody who may do all would send, and by which action. */
async function formFor(what: Post, world: World): Promise<Form> {
  const save: Send = (form) => saveAction(emptyFormState, form);
  const remove: Send = (form) => deleteAction(emptyFormState, form);
  const change = async (model: 'user' | 'group', id: number, changed: Fields): Promise<Form> => {
    const key = `auth.${model}`;
    const shown = await untouched(screens(key), id);
    const fields = { ...shown, _model: key, _id: String(id), ...changed, _save: 'Save' };
    return { path: `/admin/auth/${model}/${id}/change/`, send: save, fields };
  };
  const deletion = (model: 'user' | 'group', id: number): Form => ({
    path: `/admin/auth/${model}/${id}/delete/`,
    send: remove,
    fields: { _model: `auth.${model}`, _id: String(id), post: 'yes' },
  });
  const password = (id: number): Form => ({
    path: `/admin/auth/user/${id}/password/`,
    send: (form) => setPasswordAction(emptyFormState, form),
    fields: { _id: String(id), usable_password: 'true', ...PASSWORDS, 'set-password': 'set' },
  });
  const listed = (action: string): Form => ({
    path: '/admin/auth/user/',
    send: listAction,
    fields: { _model: 'auth.user', _query: '', _selected_action: [userId], action, post: 'yes' },
  });
  const { userId, superuserId, groupId, added } = world;
  const permissions = [world.permissionId];
  switch (what) {
    case 'rename':
      return change('user', userId, { first_name: 'Renamed' });
    case 'make superuser':
      return change('user', userId, { is_superuser: 'on' });
    case 'grant to user':
      return change('user', userId, { user_permissions: permissions });
    case 'set password':
      return password(userId);
    case 'set password of a superuser':
      return password(superuserId);
    case 'delete user':
      return deletion('user', userId);
    case 'add user':
      return {
        path: '/admin/auth/user/add/',
        send: (form) => addUserAction(emptyFormState, form),
        fields: { username: added, usable_password: 'true', ...PASSWORDS, _save: 'Save' },
      };
    case 'rename group':
      return change('group', groupId, { name: `re${added}` });
    case 'grant to group':
      return change('group', groupId, { permissions });
    case 'delete group':
      return deletion('group', groupId);
    case 'add group':
      return {
        path: '/admin/auth/group/add/',
        send: save,
        fields: { _model: 'auth.group', name: added, permissions: [], _save: 'Save' },
      };
    case 'deactivate listed':
      return listed('deactivate');
    case 'delete listed':
      return listed('delete_selected');
  }
}

describe.each(Object.entries(TABLE))('%s', (_, { permissions, may, isStaff = true }) => {
  const actor = () => {
    made += 1;
    return makePerson(`actor${made}`, { isStaff }, ...permissions);
  };

  it('sees these pages and no other', async () => {
    const world = await makeWorld();
    const { cookie } = await actor();
    const seen: Partial<Record<Get, number>> = {};
    const shown: Partial<Record<Get, number>> = {};
    for (const what of ASKED) {
      seen[what] = await statusOf(GETS[what](world), cookie);
      shown[what] = may.includes(what) ? 200 : 403;
    }
    expect(seen).toEqual(shown);
  });

  it('is refused what is sent for anything else, wherever it is sent to', async () => {
    const world = await makeWorld();
    const mine = browser((await actor()).cookie);
    const forged: string[] = [];
    for (const what of POSTS.filter((each) => !may.includes(each))) {
      const { path, send, fields } = await formFor(what, world);
      const before = await stateOf(world);
      for (const address of [path, '/dashboard/']) {
        const { status } = await mine.send(() => send(formOf(fields)), { path: address });
        // Of a list it says in a message that nothing was done.
        const isDone = status >= 300 && status < 400 && !what.endsWith('listed');
        if (isDone) forged.push(`${what} at ${address}: ${status}`);
      }
      if ((await stateOf(world)) !== before) forged.push(`${what}: something was changed`);
    }
    expect(forged).toEqual([]);
  });

  it('does the rest', async () => {
    const mine = browser((await actor()).cookie);
    for (const what of POSTS.filter((each) => may.includes(each))) {
      const world = await makeWorld();
      const before = await stateOf(world);
      const { path, send, fields } = await formFor(what, world);
      const { status } = await sendRead(formOf(fields), (form) =>
        mine.send(() => send(form), { path }),
      );
      expect([what, status]).toEqual([what, 303]);
      expect([what, (await stateOf(world)) === before]).toEqual([what, false]);
    }
  });
});
