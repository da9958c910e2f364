import { describe, expect, it } from 'vitest';
import { POST as download } from '@/app/(mfa)/accounts/2fa/recovery-codes/download/route';
import { keepCodesAction } from '@/app/(mfa)/accounts/2fa/recovery-codes/generate/actions';
import generatePage from '@/app/(mfa)/accounts/2fa/recovery-codes/generate/page';
import { activateTotpAction } from '@/app/(mfa)/accounts/2fa/totp/activate/actions';
import activatePage from '@/app/(mfa)/accounts/2fa/totp/activate/page';
import { deactivateTotpAction } from '@/app/(mfa)/accounts/2fa/totp/deactivate/actions';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { db } from '@/lib/db/client';
import { confirmCodes } from '@/lib/extras/mfa/enrolment/new-recovery-codes';
import { emptyFormState } from '@/lib/forms/forms';
import { loginRequired } from '@/tests/boundary/guards';
import { counting, makeUser, PASSWORD } from '@/tests/support/auth/sign-in';
import { mailFolder } from '@/tests/support/mail';
import {
  addCodes,
  addTotp,
  codeOf,
  MfaBrowser,
  makePersonWithTotp,
  propOf,
  signedInWithCode,
} from '@/tests/support/mfa/people';
import { type Answer, answerOf } from '@/tests/support/plain-source';
import { later } from './set-up';

async function signedIn(user: Awaited<ReturnType<typeof makeUser>>, browser = new MfaBrowser()) {
  await browser.password(user);
  expect((await browser.user())?.username).toBe(user.username);
  return browser;
}

const activate = (browser: MfaBrowser, values: Record<string, string>) =>
  browser.form(
    (state, form) => overrideSettings(counting, () => activateTotpAction(state, form)),
    values,
  );

/** The page in the response of an action: it has the cookies that came with the request. */
async function pageBehind(sent: Answer, cookie: string, page: typeof activatePage) {
  const origin = 'http://localhost:3000';
  const headers = { cookie, host: 'localhost:3000', origin };
  const request = new Request(origin, { method: 'POST', headers });
  const props = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
  return answerOf(request, 'page', () => page(props), sent.notes);
}

describe('setting up an authenticator app', () => {
  it('takes one page and one code, and is no factor before', async () => {
    const user = await makeUser();
    const browser = await signedIn(user);
    const secret = String(propOf((await browser.page(activatePage)).value, 'secret'));
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(await db.totp.count({ where: { userId: user.id } })).toBe(0);
    expect(browser.cookie).not.toContain(secret);
    const shownAgain = propOf((await browser.page(activatePage)).value, 'secret');
    expect(shownAgain).toBe(secret);
    const wrong = await activate(browser, { code: codeOf(secret, 5) });
    expect(wrong.state?.fieldErrors).toHaveProperty('code');
    expect(wrong.state?.values).not.toHaveProperty('code');
    expect(await db.totp.count({ where: { userId: user.id } })).toBe(0);
    const done = await activate(browser, { code: codeOf(secret), next: '/dashboard/articles/' });
    expect(done.location).toBe('/accounts/2fa/recovery-codes/generate/?next=/dashboard/articles/');
    expect(await db.totp.count({ where: { userId: user.id } })).toBe(1);
    const next = new MfaBrowser();
    expect((await next.password(user)).location).toBe('/accounts/2fa/authenticate/');
    expect((await next.code(codeOf(secret))).state?.fieldErrors).toHaveProperty('code');
    later(30);
    expect((await next.code(codeOf(secret))).location).toBe(settings.LOGIN_REDIRECT_URL);
  });

  it('gives the recovery codes to the browser before the page behind the redirect shows them', async () => {
    const browser = await signedIn(await makeUser());
    const secret = String(propOf((await browser.page(activatePage)).value, 'secret'));
    const done = await activate(browser, { code: codeOf(secret) });
    expect(done.cookies.get('gatehouse_mfa_codes')).not.toBeUndefined();
    const page = await browser.page(generatePage);
    expect(page.headers.getSetCookie().join()).not.toContain('gatehouse_mfa_codes');
  });

  it('is done by one of two who send the code at once', async () => {
    const user = await makeUser();
    const browser = await signedIn(user);
    const code = codeOf(String(propOf((await browser.page(activatePage)).value, 'secret')));
    const copy = new MfaBrowser();
    copy.cookie = browser.cookie;
    const answers = await Promise.all([activate(browser, { code }), activate(copy, { code })]);
    expect(answers.filter(({ location }) => location?.includes('generate'))).toHaveLength(1);
    expect(await db.totp.count({ where: { userId: user.id } })).toBe(1);
  });

  it('waits a quarter of an hour, for its own person only', async () => {
    const [ada, eve] = [await makeUser(), await makeUser()];
    const browser = await signedIn(ada);
    const secret = String(propOf((await browser.page(activatePage)).value, 'secret'));
    const other = await signedIn(eve);
    other.setCookie('gatehouse_mfa_totp', browser.cookieOf('gatehouse_mfa_totp') ?? '');
    expect((await activate(other, { code: codeOf(secret) })).state?.fieldErrors).toHaveProperty(
      'code',
    );
    later(970);
    const { cookie } = browser;
    const late = await activate(browser, { code: codeOf(secret) });
    expect(late.state?.fieldErrors).toHaveProperty('code');
    expect(late.isRefreshed).toBe(true);
    const shown = await pageBehind(late, cookie, activatePage);
    expect(shown.headers.getSetCookie()).toEqual([]);
    const renewed = propOf(shown.value, 'secret');
    expect(renewed).not.toBe(secret);
    expect(propOf((await browser.page(activatePage)).value, 'secret')).toBe(renewed);
    expect(await db.totp.count({ where: { userId: { in: [ada.id, eve.id] } } })).toBe(0);
  });

  it('asks who one is once more when the sign-in is old', async () => {
    const user = await makeUser();
    const browser = await signedIn(user);
    later(settings.STEP_UP_AGE ?? 0);
    const secret = String(propOf((await browser.page(activatePage)).value, 'secret'));
    const code = codeOf(secret);
    expect((await activate(browser, { code })).state?.fieldErrors).toHaveProperty(
      'confirm_password',
    );
    const done = await activate(browser, { code, confirm_password: PASSWORD });
    expect(done.location).toContain('generate');
  });

  it('ends the other sessions, tells the owner, and is in the log', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { email: 'ada@example.com' } });
    const [browser, other] = [await signedIn(user), await signedIn(user)];
    const secret = String(propOf((await browser.page(activatePage)).value, 'secret'));
    const folder = await mailFolder();
    const code = codeOf(secret);
    await overrideSettings({ EMAIL_URL: folder.url }, () => activate(browser, { code }));
    expect((await browser.user())?.username).toBe(user.username);
    expect((await other.user())?.isAuthenticated ?? false).toBe(false);
    const [mail] = await folder.mails();
    expect(mail?.text).toContain('An authenticator app was set up');
    expect(JSON.stringify(mail)).not.toMatch(new RegExp(`${secret}|${code}`));
    await folder.remove();
    const entry = await db.securityLogEntry.findFirstOrThrow({
      where: { targetId: user.id, event: 'authn_token_created' },
    });
    expect(JSON.parse(entry.detail)).toEqual({ kind: 'totp', sessionsEnded: 1, trustsEnded: 0 });
  });
});

describe('turning it off', () => {
  const turnOff = (browser: MfaBrowser, values: Record<string, string> = {}) =>
    browser.form(
      (state, form) => overrideSettings(counting, () => deactivateTotpAction(state, form)),
      values,
    );

  it('asks for a factor, not for the password', async () => {
    const ada = await makePersonWithTotp();
    const browser = await signedInWithCode(ada);
    later(settings.STEP_UP_AGE ?? 0);
    const refused = await turnOff(browser, { confirm_password: PASSWORD });
    expect(refused.state?.fieldErrors).toHaveProperty('confirm_code');
    const used = await turnOff(browser, { confirm_code: codeOf(ada.secret, -9) });
    expect(used.state?.fieldErrors).toHaveProperty('confirm_code');
    expect(await db.totp.count({ where: { userId: ada.user.id } })).toBe(1);
    expect((await turnOff(browser, { confirm_code: codeOf(ada.secret) })).location).toBe(
      '/accounts/2fa/',
    );
    expect(await db.totp.count({ where: { userId: ada.user.id } })).toBe(0);
  });

  it('asks for it in a session that rests on none, however fresh it is', async () => {
    const user = await makeUser();
    const browser = await signedIn(user);
    await addTotp(user);
    expect((await turnOff(browser)).state?.fieldErrors).toHaveProperty('confirm_code');
    expect(await db.totp.count({ where: { userId: user.id } })).toBe(1);
  });

  it('takes the recovery codes along, and the other sessions; the password is enough again', async () => {
    const ada = await makePersonWithTotp();
    await addCodes(ada.user);
    const other = await signedInWithCode(ada);
    later(60);
    const browser = await signedInWithCode(ada);
    await turnOff(browser);
    expect(await db.recoveryCode.count({ where: { userId: ada.user.id } })).toBe(0);
    expect((await other.user())?.isAuthenticated ?? false).toBe(false);
    expect((await browser.user())?.username).toBe(ada.user.username);
    const next = new MfaBrowser();
    expect((await next.password(ada.user)).location).toBe(settings.LOGIN_REDIRECT_URL);
    const again = await turnOff(next);
    expect(again.state?.formErrors).toHaveLength(1);
  });

  it('is refused where a rule requires it, with the rule', async () => {
    const ada = await makePersonWithTotp();
    const browser = await signedInWithCode(ada);
    await overrideSettings({ MFA_REQUIRED: ['all'] }, async () => {
      const { state } = await turnOff(browser);
      expect(state?.formErrors[0]).toMatch(/^A second factor is required of everybody here\./);
    });
    expect(await db.totp.count({ where: { userId: ada.user.id } })).toBe(1);
  });
});

describe('recovery codes', () => {
  const keep = (browser: MfaBrowser, values: Record<string, string>) =>
    browser.form((state, form) => keepCodesAction(state, form), values);

  it('count once their owner has said that they are kept, in the place of the former', async () => {
    const ada = await makePersonWithTotp();
    const [former = ''] = await addCodes(ada.user);
    const browser = await signedInWithCode(ada);
    const codes = propOf((await browser.page(generatePage)).value, 'codes') as string[];
    expect(codes).toHaveLength(settings.MFA_RECOVERY_CODE_COUNT);
    expect((await keep(browser, {})).state?.fieldErrors).toHaveProperty('kept');
    expect(await db.recoveryCode.count({ where: { userId: ada.user.id } })).toBe(3);
    expect((await keep(browser, { kept: 'on' })).location).toBe('/accounts/2fa/');
    const rows = await db.recoveryCode.findMany({ where: { userId: ada.user.id } });
    expect(rows).toHaveLength(codes.length);
    expect(JSON.stringify(rows)).not.toContain(codes[0]);
    const next = new MfaBrowser();
    await next.password(ada.user);
    expect((await next.code(former)).location).toBeNull();
    expect((await next.code(codes[3] ?? '')).location).toBe(settings.LOGIN_REDIRECT_URL);
  });

  it('are a file by POST, for whoever is shown them, until they are kept', async () => {
    const ada = await makePersonWithTotp();
    const browser = await signedInWithCode(ada);
    const codes = propOf((await browser.page(generatePage)).value, 'codes') as string[];
    const fetched = (from: MfaBrowser) =>
      from.call(() =>
        download(new Request('http://localhost:3000/', { method: 'POST' }), {
          params: Promise.resolve({}),
        }),
      );
    const { value } = await fetched(browser);
    const text = value instanceof Response ? await value.text() : '';
    for (const code of codes) expect(text).toContain(code);
    expect((value as Response).headers.get('cache-control')).toBe('no-store');
    const eve = await signedInWithCode(await makePersonWithTotp());
    eve.setCookie('gatehouse_mfa_codes', browser.cookieOf('gatehouse_mfa_codes') ?? '');
    expect((await fetched(eve)).status).toBe(404);
    await keep(browser, { kept: 'on' });
    expect((await fetched(browser)).status).toBe(404);
  });

  it('are others after a quarter of an hour, shown by the answer that says so', async () => {
    const browser = await signedInWithCode(await makePersonWithTotp());
    const codes = propOf((await browser.page(generatePage)).value, 'codes');
    later(970);
    const { cookie } = browser;
    const late = await keep(browser, { kept: 'on' });
    expect(late.state?.fieldErrors).toHaveProperty('kept');
    expect(late.isRefreshed).toBe(true);
    const shown = propOf((await pageBehind(late, cookie, generatePage)).value, 'codes');
    expect(shown).not.toEqual(codes);
    expect(propOf((await browser.page(generatePage)).value, 'codes')).toEqual(shown);
  });

  it('are not said to count when the session or the factor has ended meanwhile', async () => {
    for (const ends of ['session', 'totp'] as const) {
      const ada = await makePersonWithTotp();
      const browser = await signedInWithCode(ada);
      await browser.page(generatePage);
      const where = { userId: ada.user.id };
      const meanwhile = loginRequired.action(async (request, form) => {
        if (ends === 'totp') await db.totp.deleteMany({ where });
        else await db.session.deleteMany({ where });
        return (await confirmCodes(request, request, form)) ?? emptyFormState;
      });
      const refused = await browser.form((state, form) => meanwhile(state, form), { kept: 'on' });
      expect(refused.state?.fieldErrors).toHaveProperty('kept');
      expect(await db.recoveryCode.count({ where })).toBe(0);
    }
  });

  it('are for people with a factor, who show it once more', async () => {
    const none = await signedIn(await makeUser());
    expect((await keep(none, { kept: 'on' })).status).toBe(404);
    const ada = await makePersonWithTotp();
    const browser = await signedInWithCode(ada);
    await browser.page(generatePage);
    later(settings.STEP_UP_AGE ?? 0);
    await browser.page(generatePage);
    const refused = await keep(browser, { kept: 'on', confirm_password: PASSWORD });
    expect(refused.state?.fieldErrors).toHaveProperty('confirm_code');
  });
});
