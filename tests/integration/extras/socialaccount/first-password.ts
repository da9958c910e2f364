import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  firstPasswordAction,
  passwordChangeAction,
} from '@/app/(auth)/accounts/password_change/actions';
import PasswordPage from '@/app/(auth)/accounts/password_change/page';
import { registerConfirmation } from '@/lib/contrib/auth/confirmations/confirmation';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { isFormState, refusedField } from '@/lib/forms/forms';
import { formOf } from '@/tests/support/admin/object-forms';
import type { Answer } from '@/tests/support/plain-source';
import type { Traveller } from '@/tests/support/socialaccount/journey';
import { allMail, type setUp, whoIs } from '@/tests/support/socialaccount/set-up';

const PAGE = '/accounts/password_change/';
const NEW = 'a meadow of larks';
const TWICE = { new_password1: NEW, new_password2: NEW };
const OLD = 3600;

/** A password for whoever came by a provider, and has none. */
export function firstPasswords(site: ReturnType<typeof setUp>): void {
  beforeEach(site.empty);
  beforeEach(() => {
    const claims = { email: 'ada@example.com', email_verified: true, preferred_username: 'ada' };
    site.provider().people.set('1', claims);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function come(): Promise<Traveller> {
    const browser = site.traveller({ signup: 'open', trustEmail: true });
    await browser.signIn(site.provider(), '1');
    return browser;
  }
  const later = (seconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  const ada = async () => {
    const user = await users.getByNaturalKey('ada');
    if (!user) throw new Error('There is no ada.');
    return user;
  };
  const hasOne = async () => (await ada()).hasUsablePassword();
  const set = (browser: Traveller, fields: Record<string, string> = TWICE) =>
    browser.act(firstPasswordAction, fields);
  const page = async (browser: Traveller) => {
    const props = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
    const { value } = await browser.ask('page', { path: PAGE }, () => PasswordPage(props));
    return JSON.stringify(value);
  };
  const errors = ({ value }: Answer) =>
    isFormState(value) ? [...value.formErrors, ...Object.values(value.fieldErrors).flat()] : null;

  /** A way to confirm that ada alone has. */
  function withWord(): void {
    const undo = registerConfirmation({
      name: 'word',
      field: { name: 'confirm_word', label: 'Word', kind: 'code' },
      request: 'Say the word.',
      isAvailable: ({ username }) => username === 'ada',
      confirm: async (_request, form) =>
        form.get('confirm_word') === 'right' ? null : refusedField(form, 'confirm_word', 'No.'),
    });
    onTestFinished(undo);
  }

  describe('right after a sign-in at their provider', () => {
    it.each(['with scripts', 'without scripts'])('is set, noted, and signs in, %s', async (how) => {
      const browser = await come();
      const elsewhere = await come();
      expect(await page(browser)).toContain('"isFresh":true');
      const answer =
        how === 'with scripts'
          ? await set(browser)
          : await browser.ask('action', { method: 'POST' }, () =>
              firstPasswordAction(formOf(TWICE)),
            );
      expect(answer.location).toBe('/accounts/');
      expect([await whoIs(browser), await whoIs(elsewhere)]).toEqual(['ada', 'nobody']);
      const row = await db.securityLogEntry.findFirst({
        where: { event: 'authn_password_change' },
      });
      const detail = JSON.parse(row?.detail ?? '');
      expect(detail).toMatchObject({ proof: 'fresh sign-in', sessionsEnded: 1 });
      expect((await allMail(site)).at(-1)).toContain('a password was set for your account');
      const next = site.traveller();
      await next.password('ada', NEW);
      expect(await whoIs(next)).toBe('ada');
    });

    it('has to be a good one, twice the same, and is not sent back', async () => {
      const browser = await come();
      const bad = await set(browser, { new_password1: '12345678', new_password2: '12345678' });
      expect(errors(bad)?.length).toBeGreaterThan(0);
      expect(JSON.stringify(bad.value)).not.toContain('12345678');
      expect(errors(await set(browser, { ...TWICE, new_password2: 'x' }))).toHaveLength(1);
      expect(await hasOne()).toBe(false);
    });

    it('is no fresh proof of who they are by itself', async () => {
      const browser = await come();
      later(OLD / 4);
      await set(browser);
      later(OLD);
      const where = { userId: (await ada()).id };
      const session = await db.session.findFirstOrThrow({ where });
      expect(session.sessionData).not.toContain('"password"');
    });
  });

  describe('a while after it', () => {
    it('is not set before they have signed in there again', async () => {
      const browser = await come();
      later(OLD);
      expect(await page(browser)).toMatch(/"isFresh":false/);
      expect((await set(browser)).location).toBe(PAGE);
      expect(await hasOne()).toBe(false);
      await browser.signIn(site.provider(), '1', 'acme', { next: PAGE });
      expect((await set(browser)).location).toBe('/accounts/');
      expect(await hasOne()).toBe(true);
    });

    it('is set with what they can show in the form, and not without', async () => {
      withWord();
      const browser = await come();
      later(OLD);
      expect(errors(await set(browser))).toEqual(['You signed in a while ago. Say the word.']);
      expect(errors(await set(browser, { ...TWICE, confirm_word: 'wrong' }))).toEqual(['No.']);
      expect(await hasOne()).toBe(false);
      const answer = await set(browser, { ...TWICE, confirm_word: 'right' });
      expect(answer.location).toBe('/accounts/');
      expect(await hasOne()).toBe(true);
    });
  });

  it('replaces no password that there is: that one is asked for', async () => {
    const browser = await come();
    await set(browser);
    const other = { new_password1: 'another of these', new_password2: 'another of these' };
    expect((await set(browser, other)).location).toBe(PAGE);
    const refused = errors(await browser.act(passwordChangeAction, other));
    expect(refused).toEqual(['Enter your current password.']);
    const next = site.traveller();
    await next.password('ada', NEW);
    expect(await whoIs(next)).toBe('ada');
  });

  it('is not for whoever has no way in of ours, as one vouched for by a proxy', async () => {
    const browser = await come();
    await db.socialAccount.deleteMany();
    expect(await page(browser)).toContain('Your account has no password here');
    expect((await set(browser)).location).toBe(PAGE);
    expect(await hasOne()).toBe(false);
  });
}
