import { describe, expect, it } from 'vitest';
import { deactivateTotpAction } from '@/app/(mfa)/accounts/2fa/totp/deactivate/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { db } from '@/lib/db/client';
import { PASSWORD } from '@/tests/support/auth/sign-in';
import { addTotp, codeOf, MfaBrowser, makePersonWithTotp } from '@/tests/support/mfa/people';
import { later } from './set-up';

const ASKED = '/accounts/2fa/authenticate/';
const COOKIE = 'mfa_trusted';

type Person = Awaited<ReturnType<typeof makePersonWithTotp>>;

/** A browser that somebody has signed in with and trusts from then on. */
async function trustedBrowser({ user, secret }: Person, browser = new MfaBrowser()) {
  await browser.password(user);
  await browser.code(codeOf(secret), { trust: 'on' });
  expect(browser.cookieOf(COOKIE)).not.toBeNull();
  return browser;
}

/** Sign in again where the browser has nothing but the cookies that outlive a session. */
async function again(browser: MfaBrowser, { user }: Person, password = PASSWORD) {
  const token = browser.cookieOf(COOKIE);
  browser.cookie = `${COOKIE}=${token}`;
  return (await browser.password(user, {}, password)).location;
}

describe('a trusted browser', () => {
  it('is not asked again, with the password alone, and says so in its session', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    expect(await again(browser, ada)).toBe(settings.LOGIN_REDIRECT_URL);
    const session = await browser.session();
    expect(session && authMethods(session).map(({ method }) => method)).toEqual([
      'password',
      'trusted_browser',
    ]);
    expect(await again(browser, ada, 'wrong')).toBeNull();
  });

  it('is one that somebody has ticked it in', async () => {
    const ada = await makePersonWithTotp();
    const browser = new MfaBrowser();
    await browser.password(ada.user);
    await browser.code(codeOf(ada.secret));
    expect(browser.cookieOf(COOKIE)).toBeNull();
    expect(await again(browser, ada)).toBe(ASKED);
  });

  it('has another token after each use: a copy of the former is worth nothing', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    const copy = new MfaBrowser();
    copy.cookie = browser.cookie;
    const former = browser.cookieOf(COOKIE);
    expect(await again(browser, ada)).toBe(settings.LOGIN_REDIRECT_URL);
    expect(browser.cookieOf(COOKIE)).not.toBe(former);
    expect(await again(copy, ada)).toBe(ASKED);
    expect(await again(browser, ada)).toBe(settings.LOGIN_REDIRECT_URL);
  });

  it('lets one in of two who use the same token at once', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    const copy = new MfaBrowser();
    copy.cookie = browser.cookie;
    const both = await Promise.all([again(browser, ada), again(copy, ada)]);
    expect(both.toSorted()).toEqual([ASKED, settings.LOGIN_REDIRECT_URL]);
  });

  it('is trusted for its own person only, and for each of several', async () => {
    const [ada, eve] = [await makePersonWithTotp(), await makePersonWithTotp()];
    const browser = await trustedBrowser(ada);
    expect(await again(browser, eve)).toBe(ASKED);
    await trustedBrowser(eve, browser);
    expect(await again(browser, ada)).toBe(settings.LOGIN_REDIRECT_URL);
    expect(await again(browser, eve)).toBe(settings.LOGIN_REDIRECT_URL);
  });

  it('is asked again after another password, wherever that was set', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    const data = { password: 'counting$1$another' };
    await db.user.update({ where: { id: ada.user.id }, data });
    expect(await again(browser, ada, 'another')).toBe(ASKED);
  });

  it('is asked again after the time, and once nobody may trust one', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    await overrideSettings({ MFA_TRUST_ENABLED: false }, async () => {
      expect(await again(browser, ada)).toBe(ASKED);
    });
    later(settings.MFA_TRUST_COOKIE_AGE - 1);
    expect(await again(browser, ada)).toBe(settings.LOGIN_REDIRECT_URL);
    later(2);
    expect(await again(browser, ada)).toBe(ASKED);
  });

  it('is asked again after the factors have changed', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    const other = new MfaBrowser();
    await other.password(ada.user);
    later(60);
    await other.code(codeOf(ada.secret));
    await other.form((state, form) => deactivateTotpAction(state, form), {});
    await db.totp.deleteMany({ where: { userId: ada.user.id } });
    await addTotp(ada.user);
    expect(await again(browser, ada)).toBe(ASKED);
  });

  it('is no proof where somebody has to show once more who they are', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    const session = await browser.session();
    expect(session && isSignInFresh({ session })).toBe(true);
    await again(browser, ada);
    const trusted = await browser.session();
    expect(trusted && isSignInFresh({ session: trusted })).toBe(false);
  });

  it('keeps its token hashed, and takes damaged ones for nothing', async () => {
    const ada = await makePersonWithTotp();
    const browser = await trustedBrowser(ada);
    const token = browser.cookieOf(COOKIE) ?? '';
    const row = await db.trustedBrowser.findFirstOrThrow({ where: { userId: ada.user.id } });
    expect(row.tokenHash).not.toContain(token);
    for (const damaged of ['x', `${token}x`, row.tokenHash, '.'.repeat(3000)]) {
      browser.setCookie(COOKIE, damaged);
      expect(await again(browser, ada)).toBe(ASKED);
    }
  });
});
