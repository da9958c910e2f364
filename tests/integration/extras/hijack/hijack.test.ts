import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { passwordChangeAction } from '@/app/(auth)/accounts/password_change/actions';
import { endOtherSessionsAction } from '@/app/(devices)/accounts/sessions/actions';
import { acquireAction, releaseAction } from '@/app/(hijack)/hijack/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { changeMessageText } from '@/lib/contrib/admin/change-message';
import { modelMeta } from '@/lib/contrib/admin/meta';
import { logActions } from '@/lib/contrib/admin/models';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { defaultTokenGenerator } from '@/lib/contrib/auth/tokens';
import { users } from '@/lib/contrib/auth/users/managers';
import { db, transaction } from '@/lib/db/client';
import { endSession, listSessions } from '@/lib/extras/devices/devices';
import { impersonationBanner } from '@/lib/extras/hijack/banner';
import { emptyFormState } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { grant, reload } from '@/tests/support/auth/grants';
import { PASSWORD } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { browserOf } from '@/tests/support/server-call';
import { Browser } from '../../contrib/auth/one-way-in/browser';
import { acquireIn, insideOf, makePair, person, seenIn } from './acting';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

const { loginRequired } = guardsOf(null);

let made: number;
let sam: User;
let bob: User;
let browser: Browser;

beforeEach(async () => {
  ({ made, sam, bob, browser } = await makePair());
});

afterEach(() => {
  vi.useRealTimers();
});

const acquire = (target: { id: number } = bob, fields: Record<string, string> = {}) =>
  acquireIn(browser, target, fields);
const release = () => browser.post((form) => releaseAction(form));
const seen = () => seenIn(browser);
const inside = <T>(work: (request: HttpRequest<User>) => Promise<T>) => insideOf(browser, work);

describe('acting as somebody', () => {
  it('begins with a reason, is seen as both, and ends where it began', async () => {
    const before = await db.user.findUniqueOrThrow({ where: { id: bob.id } });
    const link = defaultTokenGenerator.makeToken(bob);
    expect((await acquire()).location).toBe(settings.LOGIN_REDIRECT_URL);
    expect(await seen()).toEqual({ user: bob.username, by: sam.username });
    const row = await db.impersonation.findFirstOrThrow({ where: { userId: bob.id } });
    expect(row).toMatchObject({ impersonatorId: sam.id, reason: 'Ticket 4711', ended: null });
    const banner = await inside(async (request) => impersonationBanner(request));
    expect(JSON.stringify(banner)).toContain('Ticket 4711');
    const after = await db.user.findUniqueOrThrow({ where: { id: bob.id } });
    expect(after.lastLogin).toEqual(before.lastLogin);
    expect(defaultTokenGenerator.checkToken(await reload(bob), link)).toBe(true);
    await release();
    expect(await seen()).toEqual({ user: sam.username, by: null });
    expect(await db.session.count({ where: { userId: bob.id } })).toBe(0);
    const ended = await db.impersonation.findFirstOrThrow({ where: { userId: bob.id } });
    expect(ended).toMatchObject({ endedBy: 'stop', ended: expect.any(Date) });
  });

  it('comes back with the age of its proofs: an old sign-in is as old as before', async () => {
    const methods = async () => inside(async ({ session }) => session.get('_auth_methods'));
    const before = await methods();
    await acquire();
    expect(await methods()).toBeUndefined();
    await release();
    expect(await methods()).toEqual(before);
    vi.useFakeTimers({
      toFake: ['Date'],
      now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 + 1,
    });
    expect(await inside(async (request) => isSignInFresh(request))).toBe(false);
  });

  it('needs a reason, and a fresh sign-in', async () => {
    const { value } = await acquire(bob, { reason: ' ' });
    expect(Object.keys(Reflect.get(Object(value), 'fieldErrors'))).toEqual(['reason']);
    vi.useFakeTimers({
      toFake: ['Date'],
      now: Date.now() + Number(settings.STEP_UP_AGE) * 1000 + 1,
    });
    const asked = (await acquire()).value;
    expect(Object.keys(Reflect.get(Object(asked), 'fieldErrors'))).toEqual(['confirm_password']);
    expect((await acquire(bob, { confirm_password: PASSWORD })).location).not.toBeNull();
    expect(await seen()).toEqual({ user: bob.username, by: sam.username });
    await release();
    expect(await seen()).toEqual({ user: sam.username, by: null });
  });

  it('is left by signing out with nothing to come back to', async () => {
    await acquire();
    const parked = /gatehouse_impersonator=([^;]+)/.exec(browser.cookie)?.[1] ?? '';
    expect(parked).not.toBe('');
    await browser.post((form) => logoutAction(form));
    expect(browser.cookie).not.toContain('gatehouse_impersonator');
    expect(await db.session.count({ where: { userId: { in: [sam.id, bob.id] } } })).toBe(0);
    const { endedBy } = await db.impersonation.findFirstOrThrow({ where: { userId: bob.id } });
    expect(endedBy).toBe('sign-out');
    browser.cookie = `gatehouse_session=${parked}`;
    expect(await seen()).toBeNull();
  });

  it('does nothing while the app is out', async () => {
    await acquire();
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => label !== 'hijack');
    await overrideSettings({ INSTALLED_APPS }, async () => expect(await seen()).toBeNull());
  });

  it('is told to the person afterwards, where a site says so', async () => {
    const mail = await mailFolder();
    await overrideSettings({ HIJACK_NOTIFY_USER: true, EMAIL_URL: mail.url }, async () => {
      await acquire();
      await release();
    });
    expect((await mail.mails()).map(({ headers }) => headers['to'])).toEqual([bob.email]);
    await mail.remove();
  });
});

describe('who may act as whom', () => {
  it('never rises: by permissions, by flags, by acting twice', async () => {
    const mightier = await person(`eve${made}`, 'auth.view_user');
    const root = await users.createSuperuser({ username: `root${made}` });
    const staff = await users.createUser({ username: `staff${made}`, isStaff: true });
    const idle = await users.createUser({ username: `idle${made}`, isActive: false });
    for (const target of [mightier, root, staff, idle, sam]) {
      expect([target.username, (await acquire(target)).status]).toEqual([target.username, 403]);
      expect(await seen()).toEqual({ user: sam.username, by: null });
    }
    expect((await acquire({ id: 999_999 })).status).toBe(404);
    await grant(bob, 'hijack.add_impersonation');
    await acquire();
    const third = await person(`third${made}`);
    expect((await acquire(third)).status).toBe(403);
    expect(await seen()).toEqual({ user: bob.username, by: sam.username });
  });

  it('is asked of whoever sends the form, which opens nothing in another session', async () => {
    const fields = { user_pk: String(bob.id), reason: 'Ticket 4711', next: '' };
    const other = new Browser();
    const send = () => other.post((data) => acquireAction(emptyFormState, data), fields);
    expect((await send()).location).toContain(settings.LOGIN_URL);
    other.cookie = await browserOf(await person(`mallory${made}`, 'articles.view_article'));
    expect((await send()).status).toBe(403);
    expect(await seenIn(other)).toEqual({ user: `mallory${made}`, by: null });
    expect(await db.impersonation.count({ where: { userId: bob.id } })).toBe(0);
  });
});

describe('the person who is acted as', () => {
  it('sees it among their sessions, and may end it', async () => {
    await acquire();
    const authHashes = [bob.getSessionAuthHash()];
    const { devices } = await listSessions({ userId: bob.id, authHashes }, null);
    const [device] = devices;
    expect(device?.note).toBe(`Support (${sam.username}), reason: Ticket 4711`);
    expect(await endSession(bob.id, String(device?.id))).not.toBeNull();
    expect(await seen()).toBeNull();
  });
});

describe('while somebody acts', () => {
  it.each<[string, (form: FormData) => Promise<unknown>]>([
    ['the password', (form) => passwordChangeAction(emptyFormState, form)],
    ['other sessions', (form) => endOtherSessionsAction(form)],
  ])('%s is out of reach', async (_what, action) => {
    await browserOf(await reload(bob));
    await acquire();
    const before = await db.user.findUniqueOrThrow({
      where: { id: bob.id },
      omit: { password: false },
    });
    const sessions = await db.session.count({ where: { userId: bob.id } });
    const fields = { old_password: PASSWORD, new_password1: 'x', new_password2: 'x' };
    const { status } = await browser.post(action, fields);
    expect(status).toBe(403);
    const after = await db.user.findUniqueOrThrow({
      where: { id: bob.id },
      omit: { password: false },
    });
    expect(after).toEqual(before);
    expect(await db.session.count({ where: { userId: bob.id } })).toBe(sessions);
  });

  it('nothing that asks for a fresh sign-in is open, whatever the age of one is', async () => {
    await acquire();
    await overrideSettings({ STEP_UP_AGE: null }, async () => {
      expect(await inside(async (request) => isSignInFresh(request))).toBe(false);
    });
    const confirm = loginRequired.action(async (request, form) => {
      await confirmIdentity(request, form);
    });
    const { status } = await browser.post((form) => confirm(form), { confirm_password: PASSWORD });
    expect(status).toBe(403);
  });

  it('both logs name who did it, and as whom', async () => {
    await acquire();
    await inside(async (request) => {
      await logSecurityEvent({ name: 'user_updated', actor: request.user, target: bob, request });
      const actions = [
        {
          flag: 2 as const,
          object: { id: 1, repr: 'x' },
          messages: [{ changed: { fields: ['name'] } }],
        },
      ];
      await transaction((tx) => logActions(tx, request.user, modelMeta('auth.group'), actions));
    });
    const event = await db.securityLogEntry.findFirst({
      where: { event: 'user_updated', targetId: bob.id },
    });
    expect(event).toMatchObject({
      actorId: sam.id,
      actorUsername: sam.username,
      subjectId: bob.id,
      subjectUsername: bob.username,
    });
    const entry = await db.logEntry.findFirstOrThrow({ where: { userId: sam.id } });
    expect(changeMessageText(entry.changeMessage)).toBe(`Changed name. As ${bob.username}.`);
    const stops = { actorId: sam.id, event: 'authz_admin' };
    expect(await db.securityLogEntry.count({ where: stops })).toBe(1);
    await release();
    expect(await db.securityLogEntry.count({ where: stops })).toBe(2);
  });
});
