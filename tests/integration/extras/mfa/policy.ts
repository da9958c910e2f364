import { describe, expect, it } from 'vitest';
import addPage from '@/app/(admin)/admin/[app]/[model]/add/page';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { endOtherSessionsAction } from '@/app/(devices)/accounts/sessions/actions';
import authenticatePage from '@/app/(mfa)/accounts/2fa/authenticate/page';
import overviewPage from '@/app/(mfa)/accounts/2fa/page';
import { activateTotpAction } from '@/app/(mfa)/accounts/2fa/totp/activate/actions';
import activatePage from '@/app/(mfa)/accounts/2fa/totp/activate/page';
import dashboard from '@/app/(site)/dashboard/page';
import { setTheme } from '@/app/(site)/theme/actions';
import { checkInstalledApps } from '@/lib/apps/checks';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { stepUpFields } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { AUTH_METHODS_KEY } from '@/lib/contrib/auth/sign-in/auth-methods';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { db } from '@/lib/db/client';
import type { FactorRule } from '@/lib/extras/mfa/apps';
import { checkFactorSettings, checkRules, checkSuperusers } from '@/lib/extras/mfa/checks';
import { awaitsTicket, hasFactor } from '@/lib/extras/mfa/possession';
import { factorRequirement, requirementSentence } from '@/lib/extras/mfa/requirement';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { counting, makeUser } from '@/tests/support/auth/sign-in';
import {
  addTotp,
  codeOf,
  MfaBrowser,
  makePersonWithTotp,
  propOf,
  signedInWithCode,
} from '@/tests/support/mfa/people';
import { statementsOf } from '@/tests/support/statements';

const required = <T>(rules: readonly FactorRule[], body: () => Promise<T>) =>
  overrideSettings({ MFA_REQUIRED: rules }, body);

async function signedIn(user: User): Promise<MfaBrowser> {
  const browser = new MfaBrowser();
  await browser.password(user);
  expect((await browser.user())?.username).toBe(user.username);
  return browser;
}

describe('factorRequirement', () => {
  it('holds by the rule that it names, in a sentence', async () => {
    const user = await makeUser();
    const group = await makeGroup('Editors');
    const said = async (rules: readonly FactorRule[]) =>
      required(rules, async () => {
        const found = await factorRequirement(await reload(user));
        return found && requirementSentence(found);
      });
    const rules: FactorRule[] = ['group:Editors', 'perm:auth.view_user', 'superuser', 'staff'];
    expect(await said([])).toBeNull();
    expect(await said(rules)).toBeNull();
    expect(await said(['all'])).toBe('A second factor is required of everybody here.');
    await joinGroup(user, group);
    expect(await said(rules)).toBe(
      'A second factor is required of you because you are in Editors.',
    );
    await grant(user, 'auth.view_user');
    expect(await said(['perm:auth.view_user'])).toBe(
      'A second factor is required of you because you hold auth.view_user.',
    );
    await db.user.update({ where: { id: user.id }, data: { isStaff: true } });
    expect(await said(rules)).toBe('A second factor is required of you because you are staff.');
    await db.user.update({ where: { id: user.id }, data: { isSuperuser: true } });
    expect(await said(['superuser'])).toContain('because you are a superuser');
  });
});

describe('a session without a second factor, of whom a rule asks one', () => {
  it('is led to set one up from the next click on after a group was given', async () => {
    const user = await makeUser();
    const group = await makeGroup('Publishers');
    const browser = await signedIn(user);
    await required(['group:Publishers'], async () => {
      expect((await browser.page(dashboard)).location).toBeNull();
      await joinGroup(user, group);
      const setUp = '/accounts/2fa/totp/activate/?next=/';
      expect((await browser.page(dashboard)).location).toBe(setUp);
      const sent = await browser.post((form) => endOtherSessionsAction(form));
      expect(sent.location).toBe(setUp);
      const held = sent.cookies.get('gatehouse_mfa_totp');
      expect(held).not.toBeUndefined();
      const again = await browser.post((form) => endOtherSessionsAction(form));
      expect(again.cookies.has('gatehouse_mfa_totp')).toBe(false);
      const page = await browser.page(activatePage);
      expect(page.location).toBeNull();
      expect(page.headers.getSetCookie()).toEqual([]);
      const secret = String(propOf(page.value, 'secret'));
      const done = await overrideSettings(counting, () =>
        browser.form((state, form) => activateTotpAction(state, form), { code: codeOf(secret) }),
      );
      expect(done.location).toContain('/accounts/2fa/recovery-codes/generate/');
      expect((await browser.page(dashboard)).location).toBeNull();
    });
  });

  it('is led to give it where its person has one, and goes on from there', async () => {
    const user = await makeUser();
    const browser = await signedIn(user);
    const secret = await addTotp(user);
    await required(['all'], async () => {
      const to = '/accounts/2fa/authenticate/?next=/';
      expect((await browser.page(dashboard)).location).toBe(to);
      expect((await browser.page(authenticatePage)).location).toBeNull();
      const before = await browser.seal();
      const given = await browser.code(codeOf(secret), { next: '/dashboard/articles/' });
      expect(given.location).toBe('/dashboard/articles/');
      expect((await browser.seal())?.key).not.toBe(before?.key);
      expect((await browser.page(dashboard)).location).toBeNull();
      expect((await browser.page(authenticatePage)).location).toBe('/dashboard/');
    });
  });

  it('may enter what is public, its own factors, and sign out', async () => {
    const browser = await signedIn(await makeUser());
    await required(['all'], async () => {
      expect((await browser.page(overviewPage)).location).toBeNull();
      const { location } = await browser.post((form) => setTheme(form), { theme: 'dark' });
      expect(location).not.toContain('/accounts/2fa/');
      await browser.post((form) => logoutAction(form));
      expect((await browser.user())?.isAuthenticated ?? false).toBe(false);
    });
  });

  it('of a proxy’s user is the proxy’s business, unless the setting says otherwise', async () => {
    const user = await makeUser();
    const browser = await signedIn(user);
    const session = await browser.session();
    session?.set(AUTH_METHODS_KEY, [{ method: 'remote_user', at: Date.now() }]);
    await session?.save({ ipAddress: '', userAgent: '' }, { keepKey: true });
    await required(['all'], async () => {
      expect((await browser.page(dashboard)).location).toBeNull();
      await overrideSettings({ MFA_REQUIRED_FOR_REMOTE: true }, async () => {
        expect((await browser.page(dashboard)).location).toContain('/accounts/2fa/');
      });
    });
  });
});

describe('what it costs', () => {
  it('is nothing with a session, and one statement for all questions that are asked at once', async () => {
    const ada = await makePersonWithTotp();
    const seal = await (await signedInWithCode(ada)).seal();
    let user: User | null | undefined;
    const loading = await statementsOf(async () => {
      user = seal && (await loadSession(seal))?.user;
    });
    expect(loading.join()).not.toMatch(/totp|passkey|ticket/);
    if (!user) throw new Error('Nobody is signed in.');
    const known = user;
    const asked = await statementsOf(async () => {
      const answers = [hasFactor(known), awaitsTicket(known), stepUpFields(known)] as const;
      expect(await Promise.all(answers)).toEqual([
        true,
        false,
        [expect.objectContaining({ name: 'confirm_code' })],
      ]);
    });
    expect(asked).toHaveLength(1);
  });

  it('is nothing at a form of the admin that gives no right', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { isStaff: true } });
    await grant(user, 'articles.add_article');
    const browser = await signedIn(user);
    const run = await statementsOf(async () => {
      const { location } = await browser.page(addPage, { app: 'articles', model: 'article' });
      expect(location).toBeNull();
    });
    expect(run.join()).not.toMatch(/totp|passkey/);
  });

  it('is nothing for everybody, staff and superusers, nor once a factor was given', async () => {
    const [ada, none] = [await makePersonWithTotp(), await makeUser()];
    const browser = new MfaBrowser();
    await browser.password(ada.user);
    await browser.code(codeOf(ada.secret));
    const plain = await signedIn(none);
    await makeGroup('Costly');
    const count = async (each: MfaBrowser, rules: readonly FactorRule[]) =>
      required(rules, async () => (await statementsOf(() => each.page(dashboard))).length);
    const free = await count(browser, []);
    for (const rules of [['all'], ['staff', 'superuser'], ['group:Costly']] as const) {
      expect(await count(browser, rules)).toBe(free);
    }
    const asked = await count(plain, []);
    expect(await count(plain, ['staff', 'superuser'])).toBe(asked);
  });
});

describe('the checks', () => {
  const ids = async (check: () => Promise<{ id: string }[]>) => (await check()).map(({ id }) => id);

  it('warn of superusers who need none, of passkeys only, and of rules that bind nobody', async () => {
    await required([], async () => {
      expect(await ids(checkSuperusers)).toEqual(['mfa.W001']);
      expect(await ids(checkFactorSettings)).toEqual([]);
      expect(await ids(checkRules)).toEqual([]);
    });
    await makeGroup('Known');
    await required(['superuser', 'group:Known', 'perm:auth.view_user'], async () => {
      expect(await ids(checkSuperusers)).toEqual([]);
      expect(await ids(checkRules)).toEqual([]);
      await overrideSettings({ MFA_SUPPORTED_TYPES: ['webauthn'] }, async () => {
        expect(await ids(checkFactorSettings)).toEqual(['mfa.W002']);
      });
    });
    await required(['group:Unknown', 'perm:auth.nothing'], async () => {
      expect(await ids(checkRules)).toEqual(['mfa.W003', 'mfa.W003']);
    });
  });

  it('stop the start while the app is out and a rule would bind nobody', async () => {
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => label !== 'mfa');
    const found = () => checkInstalledApps().map(({ id }) => id);
    await overrideSettings({ INSTALLED_APPS }, async () => {
      expect(found()).toEqual([]);
      await required(['staff'], async () => expect(found()).toEqual(['apps.E008']));
    });
  });

  it('refuse what no app can follow', async () => {
    for (const wrong of [
      { MFA_TOTP_DIGITS: 4 },
      { MFA_TOTP_PERIOD: 0 },
      { MFA_TOTP_TOLERANCE: -1 },
    ]) {
      await overrideSettings(wrong, async () =>
        expect(await ids(checkFactorSettings)).toEqual(['mfa.E001']),
      );
    }
    await overrideSettings({ MFA_RECOVERY_CODE_COUNT: 0 }, async () =>
      expect(await ids(checkFactorSettings)).toEqual(['mfa.E002']),
    );
  });
});
