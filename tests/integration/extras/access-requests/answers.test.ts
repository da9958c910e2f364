import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { endGrantAction } from '@/app/(access-requests)/admin/access_requests/timedgrant/[id]/end/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { changeForm } from '@/lib/contrib/admin/form/change-form';
import { getChangeList } from '@/lib/contrib/admin/list/change-list';
import { findRows } from '@/lib/contrib/admin/rows';
import type { User } from '@/lib/contrib/auth/models';
import { deleteCascading } from '@/lib/contrib/auth/users/cascade';
import { db, transaction } from '@/lib/db/client';
import { clearExpiredGrants } from '@/lib/extras/access-requests/clear-expired';
import { findQueued, listQueue } from '@/lib/extras/access-requests/queue';
import { grantsOf } from '@/lib/extras/access-requests/timed-grants';
import { waysToGive } from '@/lib/extras/access-requests/ways';
import { emptyFormState } from '@/lib/forms/forms';
import { makeSuperuser, screens } from '@/tests/support/admin/staff';
import { grant, joinGroup, makeGroup, permissionId, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import {
  approve,
  ask,
  browserFor,
  giveAddress,
  makeAskers,
  newestOf,
  PERM,
  refuse,
  somebody,
  stateOf,
  WEEK,
} from './asking';

beforeAll(freshDatabase);

let ada: User;
let chief: User;
let id: number;

beforeEach(async () => {
  ({ ada, chief } = await makeAskers());
  await ask(ada);
  id = await newestOf(ada);
});

const holds = async (user: User) => (await reload(user)).hasPerm(PERM);
const stateIn = async () => (await db.accessRequest.findUniqueOrThrow({ where: { id } })).state;
const errorsOf = (value: unknown) => {
  const { formErrors, fieldErrors } = stateOf(value);
  return [...formErrors, ...Object.values(fieldErrors).flat()];
};

describe('granting a request', () => {
  it('gives it for the time, with its entries, and tells whoever asked', async () => {
    const { url, mails, remove } = await mailFolder();
    const before = Date.now();
    const to = await giveAddress(ada);
    await overrideSettings({ EMAIL_URL: url }, () => approve(chief, id, { answer: 'Have fun.' }));
    expect(await holds(ada)).toBe(true);
    const [given] = await grantsOf(ada.id);
    expect(given).toMatchObject({ perm: PERM, granter: chief.username, reason: 'The June issue' });
    const lasts = (given?.until.getTime() ?? 0) - before;
    expect(lasts).toBeGreaterThanOrEqual(WEEK * 1000);
    expect(await stateIn()).toBe('approved');
    const [mail] = await mails();
    expect(mail?.headers['to']).toBe(to);
    expect(mail?.text).toContain('Have fun.');
    const history = await db.logEntry.findFirstOrThrow({ where: { objectId: String(ada.id) } });
    expect(history).toMatchObject({ userId: chief.id, objectRepr: ada.username });
    const where = { event: 'privilege_permissions_changed', targetId: ada.id };
    const event = await db.securityLogEntry.findFirstOrThrow({ where });
    expect(event.actorId).toBe(chief.id);
    expect(JSON.parse(event.detail)).toMatchObject({ given: [PERM], accessRequest: id });
    await remove();
  });

  it('ends by itself at its moment', async () => {
    await approve(chief, id, { duration: 'day' });
    const [given] = await grantsOf(ada.id);
    vi.useFakeTimers({ toFake: ['Date'], now: given?.until ?? 0 });
    try {
      expect(await holds(ada)).toBe(false);
    } finally {
      vi.useRealTimers();
    }
    expect(await holds(ada)).toBe(true);
  });

  it('gives no longer than was asked for', async () => {
    for (const duration of ['month', 'good']) {
      expect(errorsOf((await approve(chief, id, { duration })).value)).toHaveLength(1);
    }
    expect(await holds(ada)).toBe(false);
  });

  it('for good goes into Django’s own tables', async () => {
    const eve = await somebody('eve');
    await ask(eve, { duration: 'good' });
    await approve(chief, await newestOf(eve), { duration: 'good' });
    expect(await db.userPermission.count({ where: { userId: eve.id } })).toBe(1);
    expect(await grantsOf(eve.id)).toEqual([]);
    expect(await holds(eve)).toBe(true);
  });

  it('through a group gives what the group was shown to hold', async () => {
    const root = await makeSuperuser();
    const groupId = await makeGroup(`Editors ${id}`, [PERM, 'articles.add_article']);
    const permission = { id: await permissionId(PERM), perm: PERM, name: PERM };
    const ways = await waysToGive(root, await reload(ada), permission);
    const way = ways.find(({ value }) => value === `group:${groupId}`);
    expect(ways[0]).toMatchObject({ value: 'direct', further: [] });
    expect(way).toMatchObject({ group: `Editors ${id}`, further: ['articles.add_article'] });
    const data = { groupId, permissionId: await permissionId('auth.change_user') };
    await db.groupPermission.create({ data });
    const sent = { way: `group:${groupId}`, seen: way?.seen ?? '' };
    expect(errorsOf((await approve(root, id, sent)).value)[0]).toContain('something else');
    await db.groupPermission.deleteMany({ where: data });
    await approve(root, id, sent);
    expect(await (await reload(ada)).hasPerm('articles.add_article')).toBe(true);
    expect(await db.userGroup.count({ where: { userId: ada.id } })).toBe(0);
  });

  it('is answered once, of two who answer at once', async () => {
    const root = await makeSuperuser();
    const answers = await Promise.all([approve(chief, id), approve(root, id)]);
    expect(answers.filter(({ location }) => location !== null)).toHaveLength(1);
    expect(await grantsOf(ada.id)).toHaveLength(1);
  });

  it('asks for a fresh sign-in', async () => {
    const browser = await browserFor(chief);
    await overrideSettings({ STEP_UP_AGE: 0 }, async () => {
      expect(errorsOf((await approve(chief, id, {}, browser)).value)).toHaveLength(1);
    });
    expect(await holds(ada)).toBe(false);
  });
});

describe('nobody grants', () => {
  it('what they ask for themselves, superusers included', async () => {
    const own = await somebody('own', ['auth.change_user'], { isStaff: true });
    await ask(own);
    const asked = await newestOf(own);
    await grant(own, PERM);
    expect(await findQueued(await reload(own), asked)).toBeNull();
    expect((await approve(await reload(own), asked)).status).toBe(404);
    await db.user.update({ where: { id: own.id }, data: { isSuperuser: true } });
    expect((await approve(await reload(own), asked)).status).toBe(404);
    const row = await db.accessRequest.findUniqueOrThrow({ where: { id: asked } });
    expect(row.state).toBe('open');
  });

  it('what they may not give: without holding it, without changing users, without being staff', async () => {
    const lacking = await somebody('lacking', ['auth.change_user'], { isStaff: true });
    const reader = await somebody('reader', ['auth.view_user', PERM], { isStaff: true });
    const member = await somebody('member', ['auth.change_user', PERM]);
    for (const by of [lacking, reader, member]) {
      expect([403, 404]).toContain((await approve(by, id)).status);
      expect([403, 404]).toContain((await refuse(by, id)).status);
      expect((await listQueue(by, { isOpen: true, page: 1 })).requests).toEqual([]);
    }
    expect([await holds(ada), await stateIn()]).toEqual([false, 'open']);
  });

  it('more than they hold, by way of a group', async () => {
    const groupId = await makeGroup(`Mighty ${id}`, [PERM, 'auth.delete_user']);
    const permission = { id: await permissionId(PERM), perm: PERM, name: PERM };
    const ways = await waysToGive(await makeSuperuser(), ada, permission);
    const seen = ways.find(({ value }) => value === `group:${groupId}`)?.seen ?? '';
    const { value } = await approve(chief, id, { way: `group:${groupId}`, seen });
    expect(errorsOf(value)[0]).toContain('auth.delete_user');
    expect(await grantsOf(ada.id)).toEqual([]);
  });

  it('by way of a group that does not hold it', async () => {
    const groupId = await makeGroup(`Others ${id}`, ['articles.add_article']);
    const { value } = await approve(await makeSuperuser(), id, { way: `group:${groupId}` });
    expect(errorsOf(value)).toEqual(['Choose a way that gives what is asked for.']);
  });

  it('to whoever was deactivated meanwhile', async () => {
    await db.user.update({ where: { id: ada.id }, data: { isActive: false } });
    expect(errorsOf((await approve(chief, id)).value)[0]).toContain('inactive');
    expect([await db.timedGrant.count({ where: { userId: ada.id } }), await stateIn()]).toEqual([
      0,
      'open',
    ]);
  });
});

describe('the queue', () => {
  it('has what the viewer may answer, the oldest first', async () => {
    const eve = await somebody('eve');
    await ask(eve);
    const { requests } = await listQueue(chief, { isOpen: true, page: 1 });
    const own = requests.filter(({ userId }) => [ada.id, eve.id].includes(userId));
    expect(own.map(({ username }) => username)).toEqual([ada.username, eve.username]);
    expect(own[0]).toMatchObject({ perm: PERM, reason: 'The June issue' });
  });
});

describe('refusing a request', () => {
  it('needs a sentence, which whoever asked reads', async () => {
    expect(errorsOf((await refuse(chief, id, '')).value)).toHaveLength(1);
    await refuse(chief, id, 'Not before July.');
    const row = await db.accessRequest.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({
      state: 'refused',
      answer: 'Not before July.',
      decider: chief.username,
    });
    expect(await holds(ada)).toBe(false);
    await ask(ada);
    expect(await newestOf(ada)).toBeGreaterThan(id);
  });
});

describe('what is given for a time', () => {
  const end = async (by: User, grantId: number) =>
    (await browserFor(by)).post((form) => endGrantAction(emptyFormState, form), {
      _id: String(grantId),
    });

  it('is ended by whoever may change the person, at once', async () => {
    await approve(chief, id);
    const [given] = await grantsOf(ada.id);
    const nobody = await somebody('nobody', ['auth.view_user'], { isStaff: true });
    expect((await end(nobody, given?.id ?? 0)).status).toBe(404);
    expect(await holds(ada)).toBe(true);
    expect((await end(chief, given?.id ?? 0)).status).toBe(303);
    expect(await holds(ada)).toBe(false);
    expect((await end(chief, given?.id ?? 0)).status).toBe(404);
  });

  it('is listed in the admin, with what it gives', async () => {
    await approve(chief, id);
    const root = await makeSuperuser();
    const admin = screens('access_requests.timedgrant');
    const { rows } = await getChangeList(admin, root, new URLSearchParams('state=now'));
    const [given] = await grantsOf(ada.id);
    const listed = rows.find((row) => row.id === given?.id);
    expect(JSON.stringify(listed?.cells)).toContain('publish_article');
    const [row] = await findRows(db, admin.meta, [given?.id ?? 0]);
    const { sections } = await changeForm(admin, row ?? null, { canChange: false });
    expect(JSON.stringify(sections)).toContain('publish_article');
  });

  it('goes with its person, its group and its permission', async () => {
    const groupId = await makeGroup(`Gone ${id}`, [PERM]);
    await joinGroup(chief, groupId);
    const grantFields = {
      until: new Date(Date.now() + 1000),
      created: new Date(),
      granter: '',
      reason: '',
    };
    await db.timedGrant.create({ data: { userId: ada.id, groupId, ...grantFields } });
    await approve(chief, id);
    await db.userGroup.deleteMany({ where: { groupId } });
    await db.groupPermission.deleteMany({ where: { groupId } });
    await db.group.delete({ where: { id: groupId } });
    expect(await db.timedGrant.count({ where: { groupId } })).toBe(0);
    await transaction((tx) => deleteCascading(tx, 'User', [ada.id]));
    expect(await db.timedGrant.count({ where: { userId: ada.id } })).toBe(0);
    expect(await db.accessRequest.count({ where: { userId: ada.id } })).toBe(0);
  });

  it('is deleted long after it ended, and no sooner', async () => {
    await approve(chief, id);
    const [given] = await grantsOf(ada.id);
    const kept = settings.ACCESS_REQUESTS_KEEP * 1000;
    const over = given?.until.getTime() ?? 0;
    const count = () => db.timedGrant.count({ where: { userId: ada.id } });
    await clearExpiredGrants(new Date(over + kept));
    expect(await count()).toBe(1);
    await clearExpiredGrants(new Date(over + kept + 1000));
    expect(await count()).toBe(0);
  });
});
