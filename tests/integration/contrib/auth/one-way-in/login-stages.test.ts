import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelLoginAction } from '@/app/(auth)/accounts/login/actions';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { loadChrome } from '@/app/chrome';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { PENDING_LOGIN_KEY } from '@/lib/contrib/auth';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { getPendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { db } from '@/lib/db/client';
import { emptyFormState } from '@/lib/forms/forms';
import { ForgedRequest, refuseForged } from '@/lib/http/refusals';
import { commitRequest, type HttpRequest, readRequest } from '@/lib/http/request';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import { counting, makeUser, PASSWORD } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import type { Answer } from '@/tests/support/plain-source';
import { Browser } from './browser';
import { fixtureStage } from './fixture-stage';

const { loginRequired } = guardsOf(null);

const asked = new Set<number>();
const word = fixtureStage('mfa_authenticate', ({ id }) => asked.has(id), { method: 'word' });
const later = fixtureStage('later', ({ id }) => asked.has(-id));
const undo: (() => void)[] = [];

const whoAmI = loginRequired.handler(async (request) => {
  return new Response(request.user.username);
});

/** Whom the server takes the browser for; null where it lets nobody pass. */
async function nameIn({ value }: Answer): Promise<string | null> {
  return value instanceof Response && value.status === 200 ? value.text() : null;
}

const askedWho = () =>
  whoAmI(new Request('http://localhost:3000/'), { params: Promise.resolve({}) });

beforeAll(() => registerHasher(countingHasher()));

beforeAll(freshDatabase);

beforeEach(() => {
  undo.push(later.register(), word.register());
  return db.throttle.deleteMany();
});

afterEach(() => {
  for (const each of undo.splice(0)) each();
  vi.useRealTimers();
});

/** A user of whom the stage asks its word. */
async function askedUser(): Promise<User> {
  const user = await makeUser();
  asked.add(user.id);
  return user;
}

/** A browser whose person has given their password and is asked for the word. */
async function halfSignedIn(user: User, more: Record<string, string> = {}): Promise<Browser> {
  const browser = new Browser();
  const answer = await overrideSettings(counting, () =>
    browser.signIn(user.username, PASSWORD, more),
  );
  expect(answer.location).toBe('/accounts/mfa_authenticate/');
  return browser;
}

const giveWord = (browser: Browser, said = 'sesame') =>
  browser.call(() => {
    const form = new FormData();
    form.set('word', said);
    return word.action(emptyFormState, form);
  });

const leadsTo = ({ location }: Answer) => location;

describe('a sign-in with a stage', () => {
  it('is that of a stranger until the stage is passed', async () => {
    const user = await askedUser();
    const browser = await halfSignedIn(user);
    expect((await browser.user())?.isAuthenticated).toBe(false);
    const seal = await browser.seal();
    expect(seal?.userId).toBeNull();
    const row = await db.session.findUniqueOrThrow({
      where: { id: (await browser.session())?.id ?? 0 },
    });
    expect(row.userId).toBeNull();
    expect((await reload(user)).lastLogin).toBeNull();
    const refused = await browser.call(askedWho);
    expect(refused.location).toMatch(/^\/accounts\/login\//);
    expect(await db.securityLogEntry.count({ where: { actorId: user.id } })).toBe(0);
    expect(browser.cookie).not.toContain(settings.DEVICE_COOKIE_NAME);
    expect((await db.throttle.findFirstOrThrow({ where: { scope: 'account' } })).tries).toBe(1);
  });

  it('ends where the person wanted to go, with every proof on record and the tries forgotten', async () => {
    const user = await askedUser();
    const browser = new Browser();
    await overrideSettings(counting, () => browser.signIn(user.username, 'wrong'));
    await overrideSettings(counting, () =>
      browser.signIn(user.username, PASSWORD, { next: '/dashboard/?a=1' }),
    );
    expect((await giveWord(browser, 'please')).value).toMatchObject({
      fieldErrors: { word: [`No, ${user.username}`] },
    });
    expect(leadsTo(await giveWord(browser))).toBe('/dashboard/?a=1');
    expect(await nameIn(await browser.call(askedWho))).toBe(user.username);
    const session = await browser.session();
    expect(session?.has(PENDING_LOGIN_KEY)).toBe(false);
    expect(session && authMethods(session).map(({ method }) => method)).toEqual([
      'password',
      'word',
    ]);
    const entry = await db.securityLogEntry.findFirstOrThrow({ where: { actorId: user.id } });
    expect(entry.event).toBe('authn_login_successafterfail');
    expect(JSON.parse(entry.detail)).toMatchObject({ failures: 1, methods: ['password', 'word'] });
    expect((await db.throttle.findFirstOrThrow({ where: { scope: 'account' } })).tries).toBe(0);
    expect(browser.cookie).toContain(settings.DEVICE_COOKIE_NAME);
    expect((await reload(user)).lastLogin).not.toBeNull();
  });

  it('changes the key when it begins and when it ends; no former key is worth anything', async () => {
    const user = await askedUser();
    const browser = new Browser();
    await browser.call(async () => {
      const request = await readRequest();
      request.session.set('cart', 'apples');
      await commitRequest(request);
    });
    const planted = await browser.seal();
    await overrideSettings(counting, () =>
      browser.signIn(user.username, PASSWORD, { remember_me: 'on' }),
    );
    const pending = await browser.seal();
    await giveWord(browser);
    const done = await browser.seal();
    expect(new Set([planted?.key, pending?.key, done?.key]).size).toBe(3);
    for (const seal of [planted, pending]) expect(seal && (await loadSession(seal))).toBeNull();
    expect((await browser.session())?.get('cart')).toBe('apples');
  });

  it('keeps the cookie as long as the person has said on the first page', async () => {
    const user = await askedUser();
    const kept = await halfSignedIn(user, { remember_me: 'on' });
    await giveWord(kept);
    expect((await kept.seal())?.untilBrowserCloses).toBe(false);
    const short = await halfSignedIn(user);
    await giveWord(short);
    expect((await short.seal())?.untilBrowserCloses).toBe(true);
  });

  it('goes through all that are required, in order, and through none twice', async () => {
    const user = await askedUser();
    asked.add(-user.id);
    const browser = await halfSignedIn(user);
    expect((await browser.call(() => pageOf(later), 'GET')).location).toBe(settings.LOGIN_URL);
    expect(leadsTo(await giveWord(browser))).toBe('/accounts/later/');
    expect((await giveWord(browser)).location).toBe(settings.LOGIN_URL);
    expect((await browser.user())?.isAuthenticated).toBe(false);
    const form = new FormData();
    form.set('word', 'sesame');
    expect(leadsTo(await browser.call(() => later.action(emptyFormState, form)))).toBe(
      '/dashboard/',
    );
    expect((await browser.user())?.username).toBe(user.username);
  });

  it('ends the session of whoever was signed in there before', async () => {
    const [ada, eve] = [await makeUser(), await askedUser()];
    const browser = new Browser();
    await overrideSettings(counting, () => browser.signIn(ada.username, PASSWORD));
    const former = await browser.seal();
    await overrideSettings(counting, () => browser.signIn(eve.username, PASSWORD));
    expect((await browser.user())?.isAuthenticated).toBe(false);
    expect(former && (await loadSession(former))).toBeNull();
    expect(await db.session.count({ where: { userId: ada.id } })).toBe(0);
  });

  it('is refused what another site sends, and what does not say where it is from', async () => {
    const browser = await halfSignedIn(await askedUser());
    const sent = async (head: { origin?: string }) => {
      const { value } = await browser.call(readRequest);
      const request = value as HttpRequest;
      refuseForged({ ...request, headers: new Headers({ ...head }) });
    };
    await sent({ origin: 'http://localhost:3000' });
    for (const head of [{ origin: 'https://evil.example' }, {}]) {
      await expect(sent(head)).rejects.toThrow(ForgedRequest);
    }
  });
});

describe('a pending sign-in', () => {
  const dead = async (browser: Browser) => {
    expect((await giveWord(browser)).location).toBe(settings.LOGIN_URL);
    expect((await browser.call(() => pageOf(word), 'GET')).location).toBe(settings.LOGIN_URL);
    expect((await browser.user())?.isAuthenticated ?? false).toBe(false);
  };

  it('dies after ACCOUNT_LOGIN_TIMEOUT', async () => {
    const browser = await halfSignedIn(await askedUser());
    const later = Date.now() + settings.ACCOUNT_LOGIN_TIMEOUT * 1000;
    vi.useFakeTimers({ now: later - 5000, toFake: ['Date'] });
    expect((await giveWord(browser, 'not it')).value).toHaveProperty('fieldErrors.word');
    vi.setSystemTime(later + 1000);
    await dead(browser);
  });

  it('dies with a changed password', async () => {
    const user = await askedUser();
    const browser = await halfSignedIn(user);
    await db.user.update({ where: { id: user.id }, data: { password: 'counting$1$other' } });
    await dead(browser);
  });

  it('dies with a user who is deactivated, or deleted', async () => {
    const [idle, gone] = [await askedUser(), await askedUser()];
    const [first, second] = [await halfSignedIn(idle), await halfSignedIn(gone)];
    await db.user.update({ where: { id: idle.id }, data: { isActive: false } });
    await gone.delete();
    await dead(first);
    await dead(second);
  });

  it('dies with a sign-out, and is cancelled by its button', async () => {
    const user = await askedUser();
    for (const action of [logoutAction, cancelLoginAction]) {
      const browser = await halfSignedIn(user);
      const seal = await browser.seal();
      await browser.post((form) => action(form));
      expect(seal && (await loadSession(seal))).toBeNull();
      await dead(browser);
    }
  });

  it('dies with another sign-in in the same browser', async () => {
    const [one, other] = [await askedUser(), await makeUser()];
    const browser = await halfSignedIn(one);
    const seal = await browser.seal();
    await overrideSettings(counting, () => browser.signIn(other.username, PASSWORD));
    expect((await browser.user())?.username).toBe(other.username);
    expect((await browser.session())?.has(PENDING_LOGIN_KEY)).toBe(false);
    expect((await giveWord(browser)).location).toBe(settings.LOGIN_URL);
    expect(seal && (await loadSession(seal))).toBeNull();
  });

  it('is shown in the header, and is nobody elsewhere', async () => {
    const user = await askedUser();
    const browser = await halfSignedIn(user);
    const chrome = async () => (await browser.call(() => loadChrome(), 'GET')).value;
    expect(await chrome()).toMatchObject({ signingIn: user.username, links: [] });
    await giveWord(browser);
    expect(await chrome()).toMatchObject({ signingIn: null });
    expect((await new Browser().call(() => loadChrome(), 'GET')).value).toMatchObject({
      signingIn: null,
    });
  });
});

describe('a stage that nobody has come to', () => {
  it('is not that of somebody signed in, whatever else their session holds', async () => {
    const user = await askedUser();
    const browser = await halfSignedIn(user);
    const session = await browser.session();
    if (!session) throw new Error('No session');
    expect((await getPendingLogin({ session, user: new AnonymousUser() }))?.user.id).toBe(user.id);
    expect(await getPendingLogin({ session, user })).toBeNull();
  });

  it('leads a stranger to LOGIN_URL, and so whoever is signed in', async () => {
    const stranger = new Browser();
    expect((await giveWord(stranger)).location).toBe(settings.LOGIN_URL);
    const browser = new Browser();
    const user = await makeUser();
    await overrideSettings(counting, () => browser.signIn(user.username, PASSWORD));
    expect((await browser.call(() => pageOf(word), 'GET')).location).toBe(settings.LOGIN_URL);
    expect((await browser.user())?.username).toBe(user.username);
  });
});

function pageOf({ page }: typeof word): Promise<unknown> {
  return page({ params: Promise.resolve({}), searchParams: Promise.resolve({}) });
}
