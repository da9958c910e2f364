import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  offboardAction,
  reactivateAction,
} from '@/app/(admin)/admin/[app]/[model]/[id]/offboard/actions';
import { offboardUser } from '@/lib/contrib/auth/admin/people/offboard';
import { offboardReview } from '@/lib/contrib/auth/admin/people/offboard-review';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, signIn } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { grant, joinGroup, makeGroup } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf, callServer } from '@/tests/support/server-call';

let made = 0;
let root: User;
let leaver: User;

beforeAll(freshDatabase);
beforeAll(async () => {
  root = await makeSuperuser();
});

beforeEach(async () => {
  made += 1;
  leaver = await users.createUser({ username: `leaver${made}` });
  for (let i = 0; i < 2; i += 1) await signIn(leaver);
  const now = new Date();
  const dated = { created: now, modified: now };
  const article = { title: 'Notes', body: '', isPublished: false, authorId: leaver.id };
  await db.article.create({ data: { ...article, ...dated } });
});

const isActive = async () =>
  (await db.user.findUniqueOrThrow({ where: { id: leaver.id } })).isActive;

async function makeToken(): Promise<void> {
  const token = { start: `gh_${made}`, tokenHash: `${made}`.padStart(64, '0'), name: 'mine' };
  const whole = { isFull: true, networks: '', lastUsedIp: '', created: new Date() };
  await db.token.create({ data: { ...token, ...whole, userId: leaver.id } });
}

async function send(
  by: User,
  action: typeof offboardAction | typeof reactivateAction,
  fields: Record<string, string>,
) {
  const form = formOf({ _id: [leaver.id], ...fields });
  return callServer(await browserOf(by), () => action(emptyFormState, form));
}

describe('letting somebody go', () => {
  it('is told before it is done: what ends, what is void, what they own', async () => {
    const groupId = await makeGroup(`team${made}`, ['articles.view_article']);
    await joinGroup(leaver, groupId);
    expect(await offboardReview(root, leaver)).toEqual({
      ends: [
        {
          one: 'session',
          many: 'sessions',
          count: 2,
          href: `/admin/sessions/session/?user_id=${leaver.id}`,
        },
      ],
      owns: [
        {
          one: 'article',
          many: 'articles',
          count: 1,
          href: `/admin/articles/article/?author__id__exact=${leaver.id}`,
        },
      ],
      permissions: 1,
      groups: [`team${made}`],
      isNameAsked: false,
    });
    const clerk = await makeStaff('auth.change_user');
    const told = await offboardReview(clerk, leaver);
    expect(told).toMatchObject({ owns: [], groups: null });
    expect(told.ends[0]).toEqual({ one: 'session', many: 'sessions', count: 2 });
  });

  it('ends sessions for good, keeps the rest, and says so in both logs', async () => {
    const answer = await send(root, offboardAction, {
      username: leaver.username,
      reason: 'left the company',
    });
    expect(answer).toMatchObject({
      status: 303,
      location: `/admin/auth/user/${leaver.id}/change/`,
    });
    expect(await isActive()).toBe(false);
    const where = { userId: leaver.id };
    expect(await db.session.count({ where })).toBe(0);
    expect(await db.article.count({ where: { authorId: leaver.id } })).toBe(1);
    const events = (await eventsAbout(leaver.id)).map(({ event, detail }) => [
      event,
      JSON.parse(detail),
    ]);
    expect(events).toContainEqual([
      'privilege_permissions_changed',
      {
        changed: ['isActive'],
        isActive: false,
        act: 'offboarded',
        sessionsEnded: 2,
        reason: 'left the company',
      },
    ]);
    const history = await db.logEntry.findMany({ where: { objectId: String(leaver.id) } });
    expect(history.map(({ userId }) => userId)).toEqual([root.id]);
  });

  it('is undone by waking the account, without what has ended', async () => {
    await send(root, offboardAction, { username: leaver.username });
    const answer = await send(root, reactivateAction, {});
    expect(answer.status).toBe(303);
    expect(await isActive()).toBe(true);
    expect(await db.session.count({ where: { userId: leaver.id } })).toBe(0);
  });

  it('takes one press where nothing ends for good but sessions', async () => {
    expect((await send(root, offboardAction, {})).status).toBe(303);
    expect(await isActive()).toBe(false);
  });

  it('is not done unread, once more ends for good than the page said', async () => {
    await makeToken();
    expect((await offboardReview(root, leaver)).isNameAsked).toBe(true);
    const { value } = await send(root, offboardAction, {});
    expect(value).toMatchObject({ formErrors: [expect.stringContaining('Open this page again')] });
    expect(await isActive()).toBe(true);
  });

  it.each(['', 'leaver', 'LEAVER1'])(
    'is not done by who types "%s" for the name, where a token ends too',
    async (typed) => {
      await makeToken();
      const { value } = await send(root, offboardAction, { username: typed });
      expect(value).toMatchObject({
        fieldErrors: { username: [expect.stringContaining('Type ')] },
      });
      expect(await isActive()).toBe(true);
    },
  );

  it('is undone as a whole when one part of it fails', async () => {
    const request = {
      ...requestOf(root),
      get ipAddress(): string {
        throw new Error('broken');
      },
    };
    await expect(offboardUser(request, leaver.id)).rejects.toThrow('broken');
    expect(await isActive()).toBe(true);
    expect(await db.session.count({ where: { userId: leaver.id } })).toBe(2);
  });
});

describe('nobody lets go', () => {
  const refused = async (by: User) => {
    const answers = [
      await send(by, offboardAction, { username: leaver.username }),
      await send(by, reactivateAction, {}),
    ];
    expect(await isActive()).toBe(true);
    expect(await db.session.count({ where: { userId: leaver.id } })).toBe(2);
    return answers.map(({ status }) => status);
  };

  it('without the permission to change users', async () => {
    expect(await refused(await makeStaff('auth.view_user'))).toEqual([403, 403]);
  });

  it('whoever holds more than they do', async () => {
    await grant(leaver, 'articles.publish_article');
    expect(await refused(await makeStaff('auth.change_user'))).toEqual([403, 403]);
  });

  it('themselves, nor the last superuser', async () => {
    const own = await offboardUser(requestOf(root), root.id);
    expect(own).toMatchObject({ kind: 'refused' });
    const clerk = await makeStaff('auth.change_user');
    expect(await offboardUser(requestOf(clerk), root.id)).toMatchObject({ kind: 'refused' });
  });

  it('who is inactive already, or not there', async () => {
    await offboardUser(requestOf(root), leaver.id);
    expect(await offboardUser(requestOf(root), leaver.id)).toMatchObject({ kind: 'refused' });
    expect(await offboardUser(requestOf(root), 2_147_483_647)).toEqual({ kind: 'gone' });
  });
});
