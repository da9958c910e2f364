import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { confirmAction, unlinkAction } from '@/app/(socialaccount)/accounts/3rdparty/actions';
import LinksPage from '@/app/(socialaccount)/accounts/3rdparty/page';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { answerListPost } from '@/lib/contrib/admin/list/list-post';
import { hasAddPermission } from '@/lib/contrib/admin/model-permissions';
import { LAST_WAY_IN } from '@/lib/contrib/auth/sign-in/ways-in';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { removeLink } from '@/lib/extras/socialaccount/links/unlink';
import { isFormState } from '@/lib/forms/forms';
import { formOf } from '@/tests/support/admin/object-forms';
import { makeStaff, makeSuperuser, requestOf, screens } from '@/tests/support/admin/staff';
import { eventsAbout } from '@/tests/support/auth/events-about';
import { propOf } from '@/tests/support/mfa/people';
import type { Answer } from '@/tests/support/plain-source';
import type { Traveller } from '@/tests/support/socialaccount/journey';
import { allMail, lastFailure, type setUp, whoIs } from '@/tests/support/socialaccount/set-up';

const LINKS = '/accounts/3rdparty/';
const CONNECT = { process: 'connect' };

/** Links that people make and remove by themselves. */
export function ownLinks(site: ReturnType<typeof setUp>): void {
  beforeEach(site.empty);
  beforeEach(() => {
    for (const sub of ['1', '2']) {
      site.provider().people.set(sub, { email: `p${sub}@example.com`, email_verified: true });
    }
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function signedIn(username: string, email = `${username}@example.com`): Promise<Traveller> {
    await site.local(username, email, true);
    const browser = site.traveller({ signup: 'open' });
    await browser.password(username, 'x');
    return browser;
  }
  const later = (seconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  const owners = async () => {
    const rows = await db.socialAccount.findMany({
      include: { user: true },
      orderBy: { uid: 'asc' },
    });
    return rows.map(({ uid, user }) => `${uid} ${user.username}`);
  };
  const look = (browser: Traveller) =>
    browser.ask('page', { path: LINKS }, () =>
      LinksPage({ params: Promise.resolve({}), searchParams: Promise.resolve({}) }),
    );
  const errors = ({ value }: Answer) => (isFormState(value) ? value.formErrors : []);

  describe('a link', () => {
    it('is made by whoever is signed in at both ends, and told to them', async () => {
      const browser = await signedIn('ada');
      const { location } = await browser.signIn(site.provider(), '1', 'acme', CONNECT);
      expect(location).toBe(LINKS);
      expect(await owners()).toEqual(['1 ada']);
      expect((await allMail(site)).at(-1)).toContain('an account at Acme was linked to yours');
      const { value } = await look(browser);
      expect(propOf(value, 'links')).toMatchObject([{ name: 'Acme', label: 'p1@example.com' }]);
      expect(propOf(value, 'buttons')).toMatchObject([
        { label: 'Link Acme' },
        { label: 'Link Other' },
      ]);
      await browser.signIn(site.provider(), '1', 'acme', CONNECT);
      expect(await owners()).toEqual(['1 ada']);
    });

    it('is begun by nobody who is not signed in', async () => {
      const browser = site.traveller();
      expect((await browser.begin('acme', CONNECT)).location).toBe(LINKS);
      expect(browser.jar.size).toBe(0);
    });

    it('is not made with what somebody else is linked to, nor lets them in', async () => {
      const first = await signedIn('ada');
      await first.signIn(site.provider(), '1', 'acme', CONNECT);
      const second = await signedIn('bob');
      const { location } = await second.signIn(site.provider(), '1', 'acme', CONNECT);
      expect(location).toBe(LINKS);
      expect(await whoIs(second)).toBe('bob');
      expect(await owners()).toEqual(['1 ada']);
    });

    it('is not made in the session of another: the attacker’s answer in the victim’s browser', async () => {
      const attacker = await signedIn('attacker');
      const { location } = await attacker.begin('acme', CONNECT);
      const address = await attacker.there(location ?? '', site.provider(), '2');
      const victim = await signedIn('victim');
      await victim.back(address);
      expect(await owners()).toEqual([]);
      for (const [name, value] of attacker.jar)
        if (name.includes('oidc')) victim.jar.set(name, value);
      expect((await victim.back(address)).location).toContain('/login/error/');
      expect(await lastFailure()).toContain('begun in another session');
      expect(await owners()).toEqual([]);
    });

    it('is neither begun nor made long after somebody has signed in', async () => {
      const browser = await signedIn('ada');
      const { location } = await browser.begin('acme', CONNECT);
      const address = await browser.there(location ?? '', site.provider(), '1');
      later(20);
      const more = { STEP_UP_AGE: 10 };
      const slow = site.traveller({}, { more, cookie: browser.cookie });
      expect((await slow.back(address)).location).toBe(LINKS);
      expect(await owners()).toEqual([]);
      const late = site.traveller({}, { more, cookie: browser.cookie });
      expect((await late.begin('acme', CONNECT)).location).toBe(LINKS);
      const { value } = await look(late);
      expect(propOf(value, 'buttons')).toBeUndefined();
      expect(propOf(value, 'fields')).toMatchObject([{ name: 'confirm_password' }]);
      await late.act(confirmAction, { confirm_password: 'wrong' });
      expect(propOf((await look(late)).value, 'buttons')).toBeUndefined();
      await late.act(confirmAction, { confirm_password: 'x' });
      expect(propOf((await look(late)).value, 'buttons')).toHaveLength(2);
    });
  });

  describe('unlinking', () => {
    const idOf = async (uid: string) =>
      String((await db.socialAccount.findFirstOrThrow({ where: { uid } })).id);

    it('removes one’s own link, ends its sign-in, and is told', async () => {
      const browser = await signedIn('ada');
      await browser.signIn(site.provider(), '1', 'acme', CONNECT);
      const { status } = await browser.act(unlinkAction, { account: await idOf('1') });
      expect(status).toBe(303);
      expect(await owners()).toEqual([]);
      expect((await allMail(site)).at(-1)).toContain('was unlinked from yours');
      const closed = site.traveller();
      expect((await closed.signIn(site.provider(), '1')).location).toContain('/login/closed/');
    });

    it('removes nobody else’s', async () => {
      const first = await signedIn('ada');
      await first.signIn(site.provider(), '1', 'acme', CONNECT);
      const second = await signedIn('bob');
      const refused = await second.act(unlinkAction, { account: await idOf('1') });
      expect(errors(refused)).toEqual(['That is none of your links.']);
      expect(await owners()).toEqual(['1 ada']);
    });

    it('leaves the last way in of somebody who has lost their password meanwhile', async () => {
      const browser = await signedIn('ada');
      await browser.signIn(site.provider(), '1', 'acme', CONNECT);
      const { id, userId } = await db.socialAccount.findFirstOrThrow();
      const user = await users.getById(userId);
      if (!user) throw new Error('She is gone.');
      await db.user.update({ where: { id: userId }, data: { password: '!' } });
      expect(await removeLink({ user }, id)).toEqual({ error: LAST_WAY_IN });
      expect(await owners()).toEqual(['1 ada']);
    });

    it('leaves the last way in, of two the last one', async () => {
      const browser = site.traveller({ signup: 'open' });
      await browser.signIn(site.provider(), '1');
      const account = await idOf('1');
      const refused = await browser.act(unlinkAction, { account });
      expect(errors(refused)[0]).toContain('the only way in');
      expect(await db.socialAccount.count()).toBe(1);
      await browser.signIn(site.provider(), '2', 'other', CONNECT);
      const both = [account, await idOf('2')];
      const answers = await Promise.all(
        both.map((id) => browser.act(unlinkAction, { account: id })),
      );
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
      expect(await db.socialAccount.count()).toBe(1);
    });

    it('does nothing long after somebody has signed in', async () => {
      const browser = await signedIn('ada');
      await browser.signIn(site.provider(), '1', 'acme', CONNECT);
      later(86_400);
      const { location } = await browser.act(unlinkAction, { account: await idOf('1') });
      expect(location).toBe(LINKS);
      expect(await owners()).toEqual(['1 ada']);
    });
  });

  describe('the screens of links', () => {
    const admin = () => screens('socialaccount.socialaccount');

    it('delete a link for whoever has shown lately who they are, and say so in its owner’s log', async () => {
      const browser = await signedIn('ada');
      await browser.signIn(site.provider(), '1', 'acme', CONNECT);
      const { id, userId } = await db.socialAccount.findFirstOrThrow();
      const root = await makeSuperuser();
      const form = formOf({ action: 'delete_selected', post: 'yes', _selected_action: String(id) });
      const answer = async (isFresh: boolean) => {
        const asked = () => answerListPost(admin(), requestOf(root), { form, isFresh });
        return (await browser.ask('action', { method: 'POST' }, asked)).value;
      };
      expect(await answer(false)).toMatchObject({ kind: 'stale sign-in' });
      expect(await db.socialAccount.count()).toBe(1);
      expect(await answer(true)).toMatchObject({ kind: 'told', isDeleted: true });
      const mail = (await allMail(site)).at(-1);
      expect(mail).toMatch(/was unlinked from yours at localhost:3000, by the people who run the/);
      const event = (await eventsAbout(userId)).at(-1);
      expect(event).toMatchObject({
        event: 'authn_token_revoked',
        actorUsername: root.username,
      });
    });

    it('let nobody take the way in of somebody mightier, nor make one', async () => {
      const root = await makeSuperuser();
      const now = new Date();
      const data = { provider: 'acme', uid: '9', userId: root.id, lastLogin: now, dateJoined: now };
      const { id } = await db.socialAccount.create({ data: { ...data, extraData: {} } });
      const perms = [
        'socialaccount.view_socialaccount',
        'socialaccount.delete_socialaccount',
      ] as const;
      const staff = requestOf(await makeStaff(...perms));
      expect(await deleteRows(admin(), [id], staff)).toMatchObject({ count: 0 });
      expect(await db.socialAccount.count()).toBe(1);
      expect(await hasAddPermission(root, admin())).toBe(false);
    });
  });
}
