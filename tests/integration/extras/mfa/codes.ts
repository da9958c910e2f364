import { describe, expect, it } from 'vitest';
import { cancelLoginAction } from '@/app/(auth)/accounts/login/actions';
import authenticatePage from '@/app/(mfa)/accounts/2fa/authenticate/page';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { authMethods } from '@/lib/contrib/auth/sign-in/auth-methods';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { command as rotatecolumns } from '@/lib/core/management/commands/rotatecolumns';
import { db } from '@/lib/db/client';
import { recoveryCodesKind } from '@/lib/extras/mfa/factors/recovery-codes-kind';
import { totpKind } from '@/lib/extras/mfa/factors/totp-kind';
import { reload } from '@/tests/support/auth/grants';
import { withLongWaits } from '@/tests/support/auth/long-waits';
import { requestWith } from '@/tests/support/auth/sign-in';
import { mailFolder } from '@/tests/support/mail';
import {
  addCodes,
  codeOf,
  MfaBrowser,
  makePersonWithTotp,
  wrongCode,
} from '@/tests/support/mfa/people';
import { run } from '@/tests/support/run-command';
import { later } from './set-up';

async function askedBrowser({ user }: Awaited<ReturnType<typeof makePersonWithTotp>>) {
  const browser = new MfaBrowser();
  const { location } = await browser.password(user);
  expect(location).toBe('/accounts/2fa/authenticate/');
  return browser;
}

describe('a sign-in of somebody with an authenticator app', () => {
  withLongWaits();
  it('asks for a code after the password, and keeps both proofs', async () => {
    const ada = await makePersonWithTotp();
    const browser = await askedBrowser(ada);
    expect((await browser.user())?.isAuthenticated).toBe(false);
    expect((await browser.page(authenticatePage)).location).toBeNull();
    const answer = await browser.code(codeOf(ada.secret));
    expect(answer.location).toBe(settings.LOGIN_REDIRECT_URL);
    expect((await browser.user())?.username).toBe(ada.user.username);
    const session = await browser.session();
    expect(session && authMethods(session).map(({ method }) => method)).toEqual([
      'password',
      'totp',
    ]);
    const entry = await db.securityLogEntry.findFirstOrThrow({ where: { actorId: ada.user.id } });
    expect(JSON.parse(entry.detail)).toMatchObject({ methods: ['password', 'totp'] });
  });

  it('says nothing of a factor before the password is right', async () => {
    const ada = await makePersonWithTotp();
    const browser = new MfaBrowser();
    const { location, value } = await browser.password(ada.user, {}, 'wrong');
    expect(location).toBeNull();
    const other = await new MfaBrowser().password({ ...ada.user, username: 'nobody' } as never);
    expect((value as { formErrors: string[] }).formErrors).toEqual(
      (other.value as { formErrors: string[] }).formErrors,
    );
    expect((await browser.page(authenticatePage)).location).toBe(settings.LOGIN_URL);
  });

  it('takes a code once, also that of the step after and then none before it', async () => {
    const ada = await makePersonWithTotp();
    const code = codeOf(ada.secret);
    expect((await (await askedBrowser(ada)).code(code)).location).not.toBeNull();
    expect((await (await askedBrowser(ada)).code(code)).state?.fieldErrors).toHaveProperty('code');
    later(60);
    const [now, next] = [codeOf(ada.secret), codeOf(ada.secret, 1)];
    expect((await (await askedBrowser(ada)).code(next)).location).not.toBeNull();
    const refused = await (await askedBrowser(ada)).code(now);
    expect(refused.state?.fieldErrors).toHaveProperty('code');
    expect(refused.location).toBeNull();
  });

  it('takes a code once of two that are sent at once', async () => {
    const ada = await makePersonWithTotp();
    const browsers = [await askedBrowser(ada), await askedBrowser(ada)];
    const answers = await Promise.all(browsers.map((each) => each.code(codeOf(ada.secret))));
    expect(answers.filter(({ location }) => location !== null)).toHaveLength(1);
  });

  it('shows no code again, and logs none', async () => {
    const ada = await makePersonWithTotp();
    const browser = await askedBrowser(ada);
    const code = wrongCode(ada.secret);
    const { state } = await browser.code(code, { trust: 'on' });
    expect(state?.values).toEqual({ trust: 'on' });
    const logged = await db.securityLogEntry.findMany({ where: { targetId: ada.user.id } });
    expect(logged.map(({ event }) => event)).toEqual(['authn_login_fail']);
    expect(JSON.stringify(logged)).not.toContain(code);
  });

  it.each(['', '   ', '\0', 'x'.repeat(5000), '12345', '１２３４５６'])(
    'refuses %j on the form',
    async (typed) => {
      const ada = await makePersonWithTotp();
      const { state, status } = await (await askedBrowser(ada)).code(typed);
      expect(state?.fieldErrors).toHaveProperty('code');
      expect(status).toBe(200);
    },
  );

  it('looks at as many of 50 wrong codes at once as are free', async () => {
    const ada = await makePersonWithTotp();
    const browser = await askedBrowser(ada);
    const { free } = settings.THROTTLES.mfa.account;
    const code = wrongCode(ada.secret);
    const tries = Array.from({ length: 50 }, () => {
      const one = new MfaBrowser();
      one.cookie = browser.cookie;
      return one.code(code);
    });
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(free);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(50 - free);
    expect((await browser.code(codeOf(ada.secret))).status).toBe(429);
  });

  it('tells the owner by mail after the third wrong one', async () => {
    const ada = await makePersonWithTotp();
    await db.user.update({ where: { id: ada.user.id }, data: { email: 'ada@example.com' } });
    const folder = await mailFolder();
    await overrideSettings({ EMAIL_URL: folder.url }, async () => {
      const browser = await askedBrowser(ada);
      for (const expected of [0, 0, 1, 1]) {
        await browser.code(wrongCode(ada.secret));
        expect(await folder.mails()).toHaveLength(expected);
      }
      const [mail] = await folder.mails();
      expect(mail?.text).toContain('several wrong codes');
      expect(mail?.text).not.toContain(wrongCode(ada.secret));
    });
    await folder.remove();
  });

  it('ends with the time, a changed password, a sign-out', async () => {
    const ada = await makePersonWithTotp();
    const dead = async (browser: MfaBrowser) => {
      expect((await browser.code(codeOf(ada.secret))).location).toBe(settings.LOGIN_URL);
      expect((await browser.user())?.isAuthenticated ?? false).toBe(false);
    };
    const [cancelled, old] = [await askedBrowser(ada), await askedBrowser(ada)];
    const copy = new MfaBrowser();
    copy.cookie = cancelled.cookie;
    await cancelled.post((form) => cancelLoginAction(form));
    await dead(copy);
    later(settings.ACCOUNT_LOGIN_TIMEOUT + 1);
    await dead(old);
    const changed = await askedBrowser(ada);
    const data = { password: 'counting$1$another' };
    await db.user.update({ where: { id: ada.user.id }, data });
    await dead(changed);
  });
});

describe('totpKind', () => {
  it('takes a code once of 50 that are sent at once', async () => {
    const { user, secret } = await makePersonWithTotp();
    const request = await requestWith();
    const value = codeOf(secret);
    const tries = Array.from({ length: 50 }, () => totpKind.accept({ user, value, request }));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  it('takes none of a secret that no secret of the site opens', async () => {
    const { user, secret } = await makePersonWithTotp();
    const request = await requestWith();
    await overrideSettings({ SECRET_KEY: 'another-secret-that-is-long-enough-x' }, async () => {
      const given = { user, value: codeOf(secret), request };
      expect(await totpKind.accept(given)).toBe(false);
    });
    expect(await totpKind.accept({ user, value: codeOf(secret), request })).toBe(true);
  });

  it('keeps its secret when SECRET_KEY is another, written anew before the former is dropped', async () => {
    const { user, secret } = await makePersonWithTotp();
    const request = await requestWith();
    const next = { SECRET_KEY: 'the next secret, longer than thirty-two' };
    const fallbacks = { ...next, SECRET_KEY_FALLBACKS: [settings.SECRET_KEY] };
    await overrideSettings(fallbacks, () => run(rotatecolumns, []));
    await overrideSettings({ ...next, SECRET_KEY_FALLBACKS: [] }, async () => {
      expect(await totpKind.accept({ user, value: codeOf(secret), request })).toBe(true);
    });
  });

  it('goes with its user, and so does all else, also where Django has deleted them beside us', async () => {
    const [ada, eve] = [await makePersonWithTotp(), await makePersonWithTotp()];
    const stays = await makePersonWithTotp();
    for (const { user } of [ada, eve]) await addCodes(user);
    await (await reload(ada.user)).delete();
    await db.user.delete({ where: { id: eve.user.id } });
    await run(clearsessions, []);
    const where = { userId: { in: [ada.user.id, eve.user.id] } };
    expect(await db.totp.count({ where: { userId: stays.user.id } })).toBe(1);
    expect(await db.totp.count({ where })).toBe(0);
    expect(await db.recoveryCode.count({ where })).toBe(0);
  });

  it('keeps its secret encrypted, for one row only', async () => {
    const [one, other] = [await makePersonWithTotp(), await makePersonWithTotp()];
    const where = { userId: one.user.id };
    const { secret: stored } = await db.totp.findUniqueOrThrow({ where });
    expect(stored).not.toContain(one.secret);
    await db.totp.update({ where: { userId: other.user.id }, data: { secret: stored } });
    const request = await requestWith();
    const given = { user: other.user, value: codeOf(one.secret), request };
    expect(await totpKind.accept(given)).toBe(false);
  });
});

describe('a recovery code', () => {
  it('stands in for a code, once, and is told to nobody again', async () => {
    const ada = await makePersonWithTotp();
    const [code = ''] = await addCodes(ada.user);
    const typed = code.toLowerCase().replaceAll('-', ' ');
    const browser = await askedBrowser(ada);
    expect((await browser.code(typed)).location).toBe(settings.LOGIN_REDIRECT_URL);
    const session = await browser.session();
    expect(session && authMethods(session).map(({ method }) => method)).toEqual([
      'password',
      'recovery_code',
    ]);
    expect((await (await askedBrowser(ada)).code(code)).location).toBeNull();
    expect(await db.recoveryCode.count({ where: { userId: ada.user.id } })).toBe(2);
  });

  it('of somebody else is refused, and stays theirs', async () => {
    const [ada, eve] = [await makePersonWithTotp(), await makePersonWithTotp()];
    const [code = ''] = await addCodes(ada.user);
    await addCodes(eve.user);
    expect((await (await askedBrowser(eve)).code(code)).location).toBeNull();
    expect((await (await askedBrowser(ada)).code(code)).location).not.toBeNull();
  });

  it('is taken once of 50 that are sent at once', async () => {
    const { user } = await makePersonWithTotp();
    const [value = ''] = await addCodes(user);
    const request = await requestWith();
    const tries = Array.from({ length: 50 }, () =>
      recoveryCodesKind.accept({ user, value, request }),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });
});
