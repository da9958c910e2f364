import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { membersAction } from '@/app/(admin)/admin/auth/group/[id]/members/actions';
import { undoAction } from '@/app/(admin)/admin/undo/actions';
import { candidatesFor } from '@/lib/contrib/auth/admin/rights/group-members';
import type { User } from '@/lib/contrib/auth/models';
import { undoOffered } from '@/lib/contrib/auth/rights/undo-offer';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { type HttpRequest, readRequest } from '@/lib/http/request';
import { type Fields, formOf } from '@/tests/support/admin/object-forms';
import { reviewIn, sendRead } from '@/tests/support/admin/read-review';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';
import { browser } from '../browser';

const HELD = 'articles.view_article';

let made = 0;
let mine = browser();
let clerks = browser();
let clerk: User;
let [ida, ben]: User[] = [];
let [low, high] = [0, 0];

beforeAll(freshDatabase);

beforeEach(async () => {
  made += 1;
  mine = browser(await browserOf(await makeSuperuser()));
  clerk = await users.createUser({ username: `clerk${made}`, isStaff: true });
  for (const perm of ['auth.change_user', 'auth.view_group', HELD]) await grant(clerk, perm);
  clerks = browser(await browserOf(await reload(clerk)));
  ida = await users.createUser({ username: `ida${made}` });
  ben = await users.createUser({ username: `ben${made}` });
  low = await makeGroup(`low${made}`, [HELD]);
  high = await makeGroup(`high${made}`, ['articles.delete_article']);
});

const idOf = (user: User | undefined) => user?.id ?? 0;

async function membersOf(groupId: number): Promise<number[]> {
  const rows = await db.userGroup.findMany({ where: { groupId }, orderBy: { userId: 'asc' } });
  return rows.map(({ userId }) => userId);
}

const ticked = (action: string, fields: Fields = {}) =>
  formOf({
    _model: 'auth.user',
    _query: '',
    action,
    _selected_action: [idOf(ida), idOf(ben)],
    ...fields,
  });

const fromGroup = (groupId: number, fields: Fields) =>
  formOf({ _model: 'auth.user', _group: [groupId], ...fields });

it('finds people to be put into a group, and says who is in it', async () => {
  const admin = screens('auth.user');
  if (!ida || !ben) throw new Error('Nobody was made.');
  await joinGroup(ida, low);
  const find = (viewer: User, search: string) =>
    candidatesFor(viewer, admin, { groupId: low, search });
  const found = await find(await makeSuperuser(), `${made}`);
  expect(found.filter(({ id }) => [idOf(ida), idOf(ben)].includes(id))).toEqual([
    { id: ben.id, username: ben.username, isActive: true, isMember: false },
    { id: ida.id, username: ida.username, isActive: true, isMember: true },
  ]);
  const stranger = await users.createUser({ username: `nobody${made}`, isStaff: true });
  expect([await find(stranger, ben.username), await find(clerk, '\0')]).toEqual([[], []]);
});

describe('membership in bulk', () => {
  it('asks for the group, shows who gains what, and can be undone', async () => {
    const asked = await mine.send(() => listAction(ticked('add_to_group')));
    expect(asked.notes.answers?.get('admin.choice')).toMatchObject({ label: 'Group' });
    const form = ticked('add_to_group', { _chosen: [low] });
    const review = reviewIn(await mine.send(() => listAction(form)));
    expect(review?.effects.map(({ perm, gains }) => [perm, gains.count])).toEqual([[HELD, 2]]);
    expect(await membersOf(low)).toEqual([]);
    form.set('_reason', 'New here');
    await sendRead(form, (sent) => mine.send(() => listAction(sent)));
    expect(await membersOf(low)).toEqual([idOf(ida), idOf(ben)]);
    const [event] = (await eventsAbout(idOf(ida))).slice(-1);
    expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({
      groupsGiven: [`low${made}`],
      reason: 'New here',
    });
    let offer = '';
    await mine.send(async () => {
      offer = (await undoOffered((await readRequest()) as HttpRequest<User>))?.id ?? '';
    });
    await mine.send(() => undoAction(formOf({ _undo: offer })));
    expect(await membersOf(low)).toEqual([]);
  });

  it('takes out whom it is asked to, and of a group that is gone does nothing', async () => {
    for (const user of [ida, ben]) if (user) await joinGroup(user, high);
    const form = ticked('remove_from_group', { _chosen: [high] });
    await sendRead(form, (sent) => mine.send(() => listAction(sent)));
    expect(await membersOf(high)).toEqual([]);
    const gone = ticked('add_to_group', { _chosen: ['99999999'] });
    expect((await mine.send(() => listAction(gone))).status).toBe(303);
  });

  it('gives nobody what limited staff do not hold, nor anything to themselves', async () => {
    const send = (form: FormData) => sendRead(form, (sent) => clerks.send(() => listAction(sent)));
    await send(ticked('add_to_group', { _chosen: [high] }));
    await send(ticked('add_to_group', { _chosen: [low], _selected_action: [clerk.id] }));
    expect([await membersOf(high), await membersOf(low)]).toEqual([[], []]);
    await send(ticked('add_to_group', { _chosen: [low] }));
    expect(await membersOf(low)).toEqual([idOf(ida), idOf(ben)]);
  });
});

describe('membership from the group', () => {
  it('is given by name and taken by a press, and leads back to the members', async () => {
    const add = fromGroup(low, { action: 'add_to_group', username: ` ${ida?.username} ` });
    const send = (form: FormData) => sendRead(form, (sent) => mine.send(() => membersAction(sent)));
    expect((await send(add)).location).toBe(`/admin/auth/group/${low}/members/`);
    expect(await membersOf(low)).toEqual([idOf(ida)]);
    const remove = { action: 'remove_from_group', _selected_action: [idOf(ida)] };
    await send(fromGroup(low, remove));
    expect(await membersOf(low)).toEqual([]);
    await send(fromGroup(low, { action: 'add_to_group', username: 'nobody' }));
    expect(await membersOf(low)).toEqual([]);
  });

  it('is by the same rules, and not for who may not change users', async () => {
    const add = () => fromGroup(high, { action: 'add_to_group', username: ida?.username ?? '' });
    await sendRead(add(), (sent) => clerks.send(() => membersAction(sent)));
    expect(await membersOf(high)).toEqual([]);
    await db.userPermission.deleteMany({ where: { userId: clerk.id } });
    await grant(clerk, 'auth.view_group');
    expect((await clerks.send(() => membersAction(add()))).status).toBe(403);
    for (const perm of ['auth.view_user', HELD]) await grant(clerk, perm);
    const held = fromGroup(low, { action: 'add_to_group', username: ida?.username ?? '' });
    await sendRead(held, (sent) => clerks.send(() => membersAction(sent)));
    expect(await membersOf(low)).toEqual([]);
  });
});
