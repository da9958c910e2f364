import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { releaseAction } from '@/app/(hijack)/hijack/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { getUser } from '@/lib/contrib/auth';
import { onBehalfOf } from '@/lib/contrib/auth/authenticators/on-behalf';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { User } from '@/lib/contrib/auth/models';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { grant } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { run } from '@/tests/support/run-command';
import type { Browser } from '../../contrib/auth/one-way-in/browser';
import { acquireIn, makePair, seenIn } from './acting';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(freshDatabase);

let sam: User;
let bob: User;
let browser: Browser;

beforeEach(async () => {
  ({ sam, bob, browser } = await makePair());
  await acquireIn(browser, bob);
  expect(await seenIn(browser)).toEqual({ user: bob.username, by: sam.username });
});

afterEach(() => {
  vi.useRealTimers();
});

const record = () => db.impersonation.findFirstOrThrow({ where: { userId: bob.id } });
const sessionsOf = ({ id }: User) => db.session.count({ where: { userId: id } });

function letTimeRunOut(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + settings.HIJACK_AGE * 1000 + 60_000 });
}

const LOST = {
  rights: () => db.userPermission.deleteMany({ where: { userId: sam.id } }),
  ownSession: () => db.session.deleteMany({ where: { userId: sam.id } }),
};

/** What ends it, seen by the next request, and what the record says by then. */
const SEEN: [string, () => unknown, string][] = [
  ['the permission is gone', LOST.rights, 'rights'],
  ['the other has risen above them', () => grant(bob, 'auth.view_user'), 'rights'],
  [
    'whoever acts is inactive',
    () => db.user.update({ where: { id: sam.id }, data: { isActive: false } }),
    'own session',
  ],
  [
    'their password is another',
    () => db.user.update({ where: { id: sam.id }, data: { password: '!x' } }),
    'own session',
  ],
  ['they have ended their own session elsewhere', LOST.ownSession, 'own session'],
  [
    'their own session is past its idle limit',
    () => db.session.updateMany({ where: { userId: sam.id }, data: { expireDate: new Date(0) } }),
    'own session',
  ],
  ['its time is over', letTimeRunOut, 'time'],
];

/** What ends it so that no request tells. */
const UNSEEN: [string, () => unknown, string][] = [
  [
    'the other is inactive',
    () => db.user.update({ where: { id: bob.id }, data: { isActive: false } }),
    'session',
  ],
  [
    'the session is ended by its owner',
    () => db.session.deleteMany({ where: { userId: bob.id } }),
    'session',
  ],
];

describe('acting as somebody', () => {
  it.each(SEEN)('ends at the next request when %s, which is noted', async (_what, end, by) => {
    await end();
    expect(await seenIn(browser)).toBeNull();
    expect(await record()).toMatchObject({ endedBy: by, ended: expect.any(Date) });
    expect(await sessionsOf(bob)).toBe(0);
    const where = { event: 'authz_admin', targetId: bob.id, actorId: null };
    const event = await db.securityLogEntry.findFirstOrThrow({ where });
    const detail = { impersonation: 'stop', by, impersonator: sam.username };
    expect(JSON.parse(event.detail)).toEqual(detail);
  });

  it.each<[string, () => unknown, boolean]>([
    ['not that the permission is gone', LOST.rights, true],
    ['that their own session has ended', LOST.ownSession, false],
    ['that its time is over', letTimeRunOut, false],
  ])('is looked at without the rights, which sees %s', async (_what, end, goesOn) => {
    await end();
    const session = await browser.session();
    const user = session && (await getUser(session));
    if (!session || !user?.isAuthenticated) throw new Error('Nobody acts.');
    const seen = await onBehalfOf(session, user, { areRightsKnown: true });
    expect(seen.isAuthenticated).toBe(goesOn);
    expect(await seenIn(browser)).toBeNull();
  });

  it.each(UNSEEN)('ends at the next request when %s, as clearsessions notes', async (...row) => {
    const [_what, end, by] = row;
    await end();
    expect(await seenIn(browser)).toBeNull();
    await run(clearsessions, []);
    expect(await record()).toMatchObject({ endedBy: by, ended: expect.any(Date) });
  });
});

describe('the record of it', () => {
  it('goes on with a session that gets another key, since the secret is another', async () => {
    const before = await record();
    const rotated = {
      SECRET_KEY: 'another-secret-0123456789-abcdefghijkl',
      SECRET_KEY_FALLBACKS: [settings.SECRET_KEY],
    };
    await overrideSettings(rotated, async () => {
      const acting = { user: bob.username, by: sam.username };
      expect(await seenIn(browser)).toEqual(acting);
      await run(clearsessions, []);
      const after = await record();
      expect(after).toMatchObject({ ended: null, endedBy: '' });
      expect(after.sessionKey).not.toBe(before.sessionKey);
      expect(await seenIn(browser)).toEqual(acting);
      await browser.post((form) => releaseAction(form));
      expect(await record()).toMatchObject({ endedBy: 'stop' });
    });
  });
});

describe('the person', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['whoever acted signs out', () => browser.post((form) => logoutAction(form))],
    [
      'the permission is gone',
      async () => {
        await db.userPermission.deleteMany({ where: { userId: sam.id } });
        await seenIn(browser);
      },
    ],
    [
      'nobody looked',
      async () => {
        letTimeRunOut();
        await run(clearsessions, []);
      },
    ],
  ])('is told of it afterwards, where a site says so, also when %s', async (_what, end) => {
    const mail = await mailFolder();
    await overrideSettings({ HIJACK_NOTIFY_USER: true, EMAIL_URL: mail.url }, async () => {
      await end();
      const told = await vi.waitUntil(async () => {
        const mails = await mail.mails();
        return mails.length > 0 && mails;
      });
      expect(told.map(({ headers }) => headers['to'])).toEqual([bob.email]);
      expect(told[0]?.text).toContain('Ticket 4711');
    });
    await mail.remove();
  });
});

describe('clearsessions', () => {
  it('ends what has no time left, and says when that was', async () => {
    letTimeRunOut();
    await run(clearsessions, []);
    const { started, ended, endedBy } = await record();
    expect(endedBy).toBe('time');
    expect(ended?.getTime()).toBe(started.getTime() + settings.HIJACK_AGE * 1000);
    expect(await sessionsOf(bob)).toBe(0);
  });

  it('leaves what goes on alone', async () => {
    await run(clearsessions, []);
    expect(await record()).toMatchObject({ ended: null, endedBy: '' });
    expect(await seenIn(browser)).not.toBeNull();
  });
});
