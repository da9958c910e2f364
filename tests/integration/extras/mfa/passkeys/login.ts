import { describe, expect, it, vi } from 'vitest';
import loginPage from '@/app/(auth)/accounts/login/page';
import { overrideSettings } from '@/lib/conf/settings';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { loginNotRequired } from '@/tests/boundary/guards';
import { probe } from '@/tests/boundary/probe';
import { withLongWaits } from '@/tests/support/auth/long-waits';
import { mailsTo } from '@/tests/support/mfa/kept-mail';
import { passkeyBrowser, passkeyFor } from '@/tests/support/mfa/passkey-browser';
import { SoftwareAuthenticator } from '@/tests/support/mfa/software-authenticator';
import { browserOf } from '@/tests/support/server-call';

const REFUSED = 'This passkey does not sign you in here. Use another one, or your password.';
const NO_PROPS = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };

let made = 0;

async function person(flags?: Parameters<typeof passkeyFor>[1]) {
  made += 1;
  const username = `person${made}`;
  const user = await users.createUser({
    username,
    email: `${username}@example.org`,
    password: null,
  });
  return { user, username, ...(await passkeyFor(user.id, flags)) };
}

async function whoIs({ cookies }: ReturnType<typeof passkeyBrowser>): Promise<string> {
  return (await probe(loginNotRequired).ask('page', { cookie: cookies() })).user;
}

function eventsOf(event: string) {
  return db.securityLogEntry.findMany({ where: { event }, orderBy: { id: 'asc' } });
}

describe('signing in by a passkey', () => {
  withLongWaits();
  it('makes the browser that of its owner, by both factors, and leads where they wanted', async () => {
    const { username, authenticator } = await person();
    const mine = passkeyBrowser();
    const { challenge } = (await mine.optionsFor('login')).options;
    const next = '/dashboard/?a=1';
    const { status, json } = await mine.sendLogin(
      authenticator.assertion({ challenge, signCount: 2 }),
      {
        next,
      },
    );
    expect({ status, json }).toEqual({ status: 200, json: { location: next } });
    expect(await whoIs(mine)).toBe(username);
    const [entry] = (await eventsOf('authn_login_success')).slice(-1);
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ methods: ['passkey'] });
  });

  it('leads to no other site', async () => {
    const { authenticator } = await person();
    const mine = passkeyBrowser();
    const { challenge } = (await mine.optionsFor('login')).options;
    const answer = authenticator.assertion({ challenge, signCount: 2 });
    const { json } = await mine.sendLogin(answer, { next: 'https://evil.test/' });
    expect(json).toEqual({ location: '/dashboard/' });
  });

  it('asks everybody for the same, names nobody, and writes nothing at 100 views of the page', async () => {
    await person();
    const before = await rowCounts();
    const answers = [];
    for (let i = 0; i < 100; i += 1) {
      const stranger = passkeyBrowser();
      const shown = await stranger.send(() => loginPage(NO_PROPS));
      expect(shown.location).toBeNull();
      answers.push(await stranger.optionsFor('login'));
    }
    expect(await rowCounts()).toEqual(before);
    const challenges = answers.map(({ options }) => options.challenge);
    expect(new Set(challenges).size).toBe(100);
    const [shape, ...others] = answers.map(({ options }) =>
      JSON.stringify({ ...options, challenge: '' }),
    );
    expect(new Set(others)).toEqual(new Set([shape]));
    expect(JSON.parse(shape ?? '')).toMatchObject({
      allowCredentials: [],
      userVerification: 'required',
      rpId: 'localhost',
    });
  });

  it('takes an answer once, whatever is copied', async () => {
    const { authenticator } = await person({ signCount: 0 });
    const mine = passkeyBrowser();
    const { challenge } = (await mine.optionsFor('login')).options;
    const copy = passkeyBrowser(mine.cookies());
    const answer = authenticator.assertion({ challenge });
    expect((await mine.sendLogin(answer)).status).toBe(200);
    expect(await copy.sendLogin(answer)).toMatchObject({ status: 403, json: { message: REFUSED } });
    expect(await whoIs(copy)).toBe('nobody');
  });

  it('takes one of five copies that are sent at once', async () => {
    const { authenticator } = await person({ signCount: 0 });
    const mine = passkeyBrowser();
    const { challenge } = (await mine.optionsFor('login')).options;
    const answer = authenticator.assertion({ challenge });
    const copies = Array.from({ length: 5 }, () => passkeyBrowser(mine.cookies()));
    const answers = await Promise.all(copies.map((copy) => copy.sendLogin(answer)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('takes no answer without the cookie of its challenge, nor after five minutes', async () => {
    const { authenticator } = await person({ signCount: 0 });
    const mine = passkeyBrowser();
    const { challenge } = (await mine.optionsFor('login')).options;
    const answer = authenticator.assertion({ challenge });
    expect((await passkeyBrowser().sendLogin(answer)).status).toBe(403);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 300_000 });
    expect((await mine.sendLogin(answer)).status).toBe(403);
    vi.useRealTimers();
    expect((await mine.sendLogin(answer)).status).toBe(200);
  });

  it('has a challenge in each of several tabs', async () => {
    const { authenticator } = await person({ signCount: 0 });
    const mine = passkeyBrowser();
    const first = (await mine.optionsFor('login')).options.challenge;
    for (let i = 0; i < 4; i += 1) await mine.optionsFor('login');
    expect((await mine.sendLogin(authenticator.assertion({ challenge: first }))).status).toBe(200);
  });

  it('takes no answer that was given for another purpose', async () => {
    const { user, authenticator } = await person({ signCount: 0 });
    const mine = passkeyBrowser(await browserOf(user));
    const { challenge } = (await mine.optionsFor('confirm')).options;
    expect((await mine.sendLogin(authenticator.assertion({ challenge }))).status).toBe(403);
  });

  it.each([
    ['the owner was not verified', { isVerified: false }],
    ['it comes from another site', { origin: 'https://evil.test' }],
    ['it comes from a subdomain', { origin: 'http://sub.localhost:3000' }],
    ['it says now that it can be copied', { isSyncable: true }],
    ['the page stood in a frame', { crossOrigin: true }],
  ])('is refused where %s', async (_what, changed) => {
    const { authenticator } = await person();
    const mine = passkeyBrowser();
    expect((await mine.signIn(authenticator, changed)).json).toEqual({ message: REFUSED });
    expect(await whoIs(mine)).toBe('nobody');
  });

  it('is refused where the authenticator takes its owner for somebody else', async () => {
    const [{ authenticator }, other] = [await person(), await person()];
    authenticator.userHandle = other.authenticator.userHandle;
    expect((await passkeyBrowser().signIn(authenticator)).status).toBe(403);
    authenticator.userHandle = null;
    expect((await passkeyBrowser().signIn(authenticator)).status).toBe(403);
  });

  it('says of a passkey that was removed which it is, so that it can be forgotten', async () => {
    const { id, authenticator } = await person();
    await db.passkey.delete({ where: { id } });
    const { status, json } = await passkeyBrowser().signIn(authenticator);
    const unknown = { rpId: 'localhost', id: authenticator.credentialId };
    expect({ status, json }).toEqual({ status: 403, json: { message: REFUSED, unknown } });
  });

  it('refuses whoever is deactivated as for a wrong answer', async () => {
    const { user, authenticator } = await person();
    await db.user.update({ where: { id: user.id }, data: { isActive: false } });
    const { status, json } = await passkeyBrowser().signIn(authenticator);
    expect({ status, json }).toEqual({ status: 403, json: { message: REFUSED } });
  });

  it('waits after too many tries of one passkey, the right answer too', async () => {
    const { authenticator } = await person();
    for (let i = 0; i < 5; i += 1) {
      await passkeyBrowser().signIn(authenticator, { isVerified: false });
    }
    const { status, json } = await passkeyBrowser().signIn(authenticator);
    expect(status).toBe(429);
    expect(json).toMatchObject({ message: expect.stringMatching(/^Too many tries/) });
  });

  it.each([
    ['nothing', ''],
    ['an empty object', {}],
    ['what is very long', 'x'.repeat(100_000)],
  ])('refuses %s', async (_what, text) => {
    expect((await passkeyBrowser().sendLogin(text)).status).toBe(403);
  });

  it('can be turned off', async () => {
    const { authenticator } = await person();
    await overrideSettings({ MFA_PASSKEY_LOGIN_ENABLED: false }, async () => {
      const mine = passkeyBrowser();
      expect((await mine.optionsFor('login')).status).toBe(403);
      expect((await mine.sendLogin(authenticator.assertion({ challenge: 'AAAA' }))).status).toBe(
        404,
      );
    });
  });
});

describe('the counter of a passkey', () => {
  it('takes one of two answers with one count', async () => {
    const { authenticator } = await person();
    const [one, other] = [passkeyBrowser(), passkeyBrowser()];
    const challenges = [await one.optionsFor('login'), await other.optionsFor('login')];
    const [first, second] = challenges.map(({ options: { challenge } }) =>
      authenticator.assertion({ challenge, signCount: 9 }),
    );
    const answers = await Promise.all([one.sendLogin(first), other.sendLogin(second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  it('that goes back refuses, marks the passkey, writes the log and mails the owner once', async () => {
    const { id, user, authenticator } = await person({ signCount: 100 });
    for (let i = 0; i < 2; i += 1) {
      const { json } = await passkeyBrowser().signIn(authenticator, { signCount: 7 });
      expect(json).toEqual({ message: REFUSED });
    }
    const mails = await mailsTo(user.email);
    expect(mails.map(({ headers }) => headers['subject'])).toEqual([
      'A passkey of your Gatehouse account may be copied',
    ]);
    const { copySeen, signCount } = await db.passkey.findUniqueOrThrow({ where: { id } });
    expect(copySeen).not.toBeNull();
    expect(signCount).toBe(100n);
    const reuses = (await eventsOf('authn_token_reuse')).filter(
      ({ targetId }) => targetId === user.id,
    );
    expect(reuses).toHaveLength(2);
    expect(JSON.parse(reuses[0]?.detail ?? '')).toEqual({ kind: 'webauthn', passkey: id });
  });

  it('marks nothing for an answer that nobody has signed', async () => {
    const { id, authenticator } = await person({ signCount: 100 });
    const forger = new SoftwareAuthenticator();
    Object.defineProperty(forger, 'id', { value: authenticator.id });
    forger.userHandle = authenticator.userHandle;
    expect((await passkeyBrowser().signIn(forger, { signCount: 7 })).status).toBe(403);
    expect((await db.passkey.findUniqueOrThrow({ where: { id } })).copySeen).toBeNull();
  });

  it('of 0 for ever is one of a synced passkey', async () => {
    const { authenticator } = await person({ signCount: 0, isSyncable: true, isSynced: true });
    for (let i = 0; i < 2; i += 1) {
      expect((await passkeyBrowser().signIn(authenticator)).status).toBe(200);
    }
  });

  it('may be as great as 32 bits are', async () => {
    const { authenticator } = await person({ signCount: 4_294_967_000 });
    expect((await passkeyBrowser().signIn(authenticator)).status).toBe(200);
    expect((await passkeyBrowser().signIn(authenticator)).status).toBe(200);
  });
});

async function rowCounts() {
  return {
    sessions: await db.session.count(),
    used: await db.$queryRaw`SELECT COUNT(*) AS n FROM auth_used`,
    throttles: await db.throttle.count(),
    log: await db.securityLogEntry.count(),
    handles: await db.passkeyHandle.count(),
  };
}
