import { describe, expect, it } from 'vitest';
import { enrollAction } from '@/app/(mfa)/accounts/2fa/enroll/actions';
import enrollPage from '@/app/(mfa)/accounts/2fa/enroll/page';
import { keepFirstCodesAction } from '@/app/(mfa)/accounts/2fa/enroll/recovery-codes/actions';
import codesPage from '@/app/(mfa)/accounts/2fa/enroll/recovery-codes/page';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { AnonymousUser, type User } from '@/lib/contrib/auth/models';
import { db, transaction } from '@/lib/db/client';
import { mayAddFactor } from '@/lib/extras/mfa/enrolment/may-add-factor';
import { resetByCommand } from '@/lib/extras/mfa/reset/reset-factors';
import { fixtureStage } from '@/tests/integration/contrib/auth/one-way-in/fixture-stage';
import { makeUser } from '@/tests/support/auth/sign-in';
import {
  addTotp,
  codeOf,
  MfaBrowser,
  makePersonWithTotp,
  propOf,
} from '@/tests/support/mfa/people';
import { later } from './set-up';

describe('on the way in, where a rule requires it', () => {
  const rule = { MFA_REQUIRED: ['all'] } as const;

  it('a factor is set up, codes are kept, and then the person is signed in', async () => {
    const user = await makeUser();
    const browser = new MfaBrowser();
    await overrideSettings(rule, async () => {
      const to = await browser.password(user, { next: '/dashboard/articles/' });
      expect(to.location).toBe('/accounts/2fa/enroll/');
      expect(to.cookies.get('gatehouse_mfa_totp')).not.toBeUndefined();
      expect((await browser.user())?.isAuthenticated).toBe(false);
      const secret = String(propOf((await browser.page(enrollPage)).value, 'secret'));
      const enroll = (code: string) =>
        browser.form((state, form) => enrollAction(state, form), { code });
      expect((await enroll(codeOf(secret, 7))).state?.fieldErrors).toHaveProperty('code');
      expect((await enroll(codeOf(secret))).location).toBe('/accounts/2fa/enroll/recovery-codes/');
      expect((await browser.user())?.isAuthenticated).toBe(false);
      expect(propOf((await browser.page(codesPage)).value, 'codes')).toHaveLength(10);
      const kept = await browser.form((state, form) => keepFirstCodesAction(state, form), {
        kept: 'on',
      });
      expect(kept.location).toBe('/dashboard/articles/');
      expect((await browser.user())?.username).toBe(user.username);
    });
    expect(await db.recoveryCode.count({ where: { userId: user.id } })).toBe(10);
  });

  it('nobody adds a factor to another once somebody has set theirs up in the same moment', async () => {
    const [none, { user }] = [await makeUser(), await makePersonWithTotp()];
    const asked = (by: User | AnonymousUser, whose: User) =>
      transaction((tx) => mayAddFactor({ user: by }, whose, tx));
    expect(await asked(new AnonymousUser(), none)).toBe(true);
    expect(await asked(new AnonymousUser(), user)).toBe(false);
    expect(await asked(user, user)).toBe(true);
    expect(await asked(none, user)).toBe(false);
  });

  it('whoever has waited there with the password sets up none beside the owner’s', async () => {
    const user = await makeUser();
    const thief = new MfaBrowser();
    await overrideSettings(rule, async () => {
      await thief.password(user);
      const secret = String(propOf((await thief.page(enrollPage)).value, 'secret'));
      await addTotp(user);
      const answer = await thief.form((state, form) => enrollAction(state, form), {
        code: codeOf(secret),
      });
      expect(answer.location).toBe(settings.LOGIN_URL);
      expect((await thief.page(enrollPage)).location).toBe(settings.LOGIN_URL);
    });
    expect(await db.totp.count({ where: { userId: user.id } })).toBe(1);
  });

  it('a reset ends what was set up there, also once the owner has another factor', async () => {
    const user = await makeUser();
    const thief = new MfaBrowser();
    const keep = () =>
      thief.form((state, form) => keepFirstCodesAction(state, form), { kept: 'on' });
    await overrideSettings(rule, async () => {
      await thief.password(user);
      const secret = String(propOf((await thief.page(enrollPage)).value, 'secret'));
      await thief.form((state, form) => enrollAction(state, form), { code: codeOf(secret) });
      await resetByCommand(user);
      expect((await keep()).state?.fieldErrors).toHaveProperty('kept');
      later(1);
      await addTotp(user);
      const { state, location } = await keep();
      expect(state?.fieldErrors).toHaveProperty('kept');
      expect(location).toBeNull();
      expect((await thief.user())?.isAuthenticated ?? false).toBe(false);
    });
    expect(await db.recoveryCode.count({ where: { userId: user.id } })).toBe(0);
  });

  it('a reset ends it at a stage between as well', async () => {
    const user = await makeUser();
    const thief = new MfaBrowser();
    const between = fixtureStage('must_change_password', ({ id }) => id === user.id);
    const restore = between.register();
    await overrideSettings({ ...rule, MFA_SUPPORTED_TYPES: ['totp'] }, async () => {
      await thief.password(user);
      const secret = String(propOf((await thief.page(enrollPage)).value, 'secret'));
      const at = await thief.form((state, form) => enrollAction(state, form), {
        code: codeOf(secret),
      });
      expect(at.location).toBe('/accounts/must_change_password/');
      await resetByCommand(user);
      const passed = await thief.post((form) => between.action(form), { word: 'sesame' });
      expect(passed.location).toBe(settings.LOGIN_URL);
      expect((await thief.user())?.isAuthenticated ?? false).toBe(false);
    }).finally(restore);
  });
});
