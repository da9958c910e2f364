import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveAction } from '@/app/(admin)/admin/[app]/[model]/[id]/actions';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { undoAction } from '@/app/(admin)/admin/undo/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { UNDO_SECONDS, undoOffered } from '@/lib/contrib/auth/rights/undo-offer';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import { type HttpRequest, readRequest } from '@/lib/http/request';
import { type Fields, formOf, untouched } from '@/tests/support/admin/object-forms';
import { sendRead } from '@/tests/support/admin/read-review';
import { screens } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';
import { browser, CHEAP } from './browser';

const PASSWORD = 'correct horse';
const PERM = 'articles.view_article';

type Browser = ReturnType<typeof browser>;

let made = 0;
let root: User;
let clerk: User;
let ida: User;
let group = 0;
let mine: Browser;

beforeAll(freshDatabase);

beforeEach(async () => {
  made += 1;
  await overrideSettings(CHEAP, async () => {
    root = await users.createSuperuser({ username: `root${made}`, password: PASSWORD });
  });
  clerk = await users.createUser({ username: `clerk${made}`, isStaff: true });
  for (const perm of ['auth.change_group', 'auth.change_user']) await grant(clerk, perm);
  ida = await users.createUser({ username: `ida${made}` });
  group = await makeGroup(`group${made}`, [PERM]);
  await joinGroup(ida, group);
  mine = browser(await browserOf(await reload(root)));
});

afterEach(() => {
  vi.useRealTimers();
});

/** Move the clock on by so many seconds; only the date, nothing waits. */
function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
}

const holds = async () => (await db.groupPermission.count({ where: { groupId: group } })) > 0;
const stored = () =>
  db.user.findUniqueOrThrow({ where: { id: ida.id }, include: { groups: true } });

async function save(key: string, id: number, changed: Fields, by = mine): Promise<void> {
  const shown = await untouched(screens(key), id);
  const form = formOf({ ...shown, ...changed, _model: key, _id: [id] });
  const answer = await sendRead(form, (sent) => by.send(() => saveAction(emptyFormState, sent)));
  expect(answer.status).toBe(303);
}

const takeAway = (by = mine) => save('auth.group', group, { permissions: [] }, by);

/** What the browser's cookie offers to undo, as the form says it; '' for nothing. */
async function offered(by = mine): Promise<string> {
  let id = '';
  await by.send(async () => {
    const offer = await undoOffered((await readRequest()) as HttpRequest<User>);
    id = offer?.id ?? '';
  });
  return id;
}

async function undo(by = mine, fields: Fields = {}, id?: string) {
  const form = formOf({ _undo: id ?? (await offered(by)), ...fields });
  return by.send(() => undoAction(form));
}

describe('undo', () => {
  it('gives back what a form took from a group, once, and says so in history and log', async () => {
    await takeAway();
    expect(await holds()).toBe(false);
    expect((await undo()).location).toBe(`/admin/auth/group/${group}/change/`);
    expect(await holds()).toBe(true);
    const [event] = await db.securityLogEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(JSON.parse(event?.detail ?? '{}')).toMatchObject({ given: [PERM], reason: 'Undo' });
    await db.groupPermission.deleteMany({ where: { groupId: group } });
    await undo();
    expect(await holds()).toBe(false);
  });

  it('takes somebody out of a group again, and wakes and puts to sleep', async () => {
    const other = await makeGroup(`other${made}`, ['articles.add_article']);
    await save('auth.user', ida.id, { groups: [other] });
    expect((await stored()).groups.map(({ groupId }) => groupId)).toEqual([other]);
    await undo();
    expect((await stored()).groups.map(({ groupId }) => groupId)).toEqual([group]);
    const sent = { action: 'deactivate', _selected_action: [ida.id], _query: '' };
    const form = formOf({ _model: 'auth.user', ...sent });
    await sendRead(form, (read) => mine.send(() => listAction(read)));
    expect((await stored()).isActive).toBe(false);
    await undo();
    expect((await stored()).isActive).toBe(true);
  });

  it('is offered to the same session only, and for a limited time', async () => {
    await takeAway();
    const other = browser(await browserOf(await reload(root)));
    const id = await offered();
    expect((await undo(other, {}, id)).location).toBe('/admin/');
    const cookies = mine.cookies().replace(/gatehouse_session=[^;]*/, '');
    const stolen = browser(`${cookies}; ${await browserOf(await reload(root))}`);
    expect((await undo(stolen, {}, id)).location).toBe('/admin/');
    expect(await holds()).toBe(false);
    later(UNDO_SECONDS + 1);
    await undo();
    expect(await holds()).toBe(false);
  });

  it('is refused where anything was changed since, by whomever', async () => {
    await takeAway();
    const other = browser(await browserOf(await reload(root)));
    later(2);
    const give = { permissions: [await permissionId('articles.add_article')] };
    await save('auth.group', group, give, other);
    await undo();
    const held = await db.groupPermission.findMany({ where: { groupId: group } });
    expect(held.map(({ permissionId: id }) => id)).toEqual(give.permissions);
  });

  it('is refused where a table was changed that no history tells of', async () => {
    await takeAway();
    await db.groupPermission.create({
      data: { groupId: group, permissionId: await permissionId(PERM) },
    });
    await undo();
    expect(await holds()).toBe(true);
    const events = await db.securityLogEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(events[0]?.detail).not.toContain('"Undo"');
  });

  it('gives nothing that one could not give by hand', async () => {
    const theirs = browser(await browserOf(await reload(clerk)));
    await takeAway(theirs);
    expect(await holds()).toBe(false);
    await undo(theirs);
    expect(await holds()).toBe(false);
  });

  it('is a 403 for who may no longer change it', async () => {
    await grant(clerk, PERM);
    const theirs = browser(await browserOf(await reload(clerk)));
    await takeAway(theirs);
    await db.userPermission.deleteMany({ where: { userId: clerk.id } });
    expect((await undo(theirs)).status).toBe(403);
    expect(await holds()).toBe(false);
  });

  it('asks who one is where it gives and the sign-in is old by then', async () => {
    later(Number(settings.STEP_UP_AGE) - 60);
    await takeAway();
    later(120);
    expect((await undo()).location).toBe('/admin/undo/');
    expect(await holds()).toBe(false);
    await undo(mine, { confirm_password: 'wrong' });
    expect(await holds()).toBe(false);
    await undo(mine, { confirm_password: PASSWORD });
    expect(await holds()).toBe(true);
  });

  it('is not offered of what has no plain inverse', async () => {
    await save('auth.user', ida.id, { is_superuser: 'on' });
    expect(await offered()).toBe('');
  });
});
