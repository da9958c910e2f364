import { beforeEach, describe, expect, it } from 'vitest';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { allMail, lastFailure, type setUp, whoIs } from '@/tests/support/socialaccount/set-up';

const OPEN = { trustEmail: true, signup: 'open' } as const;

/** Who somebody is here who signs in at a provider. */
export function whoIsWho(site: ReturnType<typeof setUp>): void {
  beforeEach(site.empty);

  const ada = (claims: object = {}) =>
    site.provider().people.set('1', {
      email: 'Ada@Example.com',
      email_verified: true,
      name: 'Ada Lovelace',
      preferred_username: 'ada',
      ...claims,
    });
  const signIn = async (chosen: Parameters<typeof site.traveller>[0], more = {}) => {
    const browser = site.traveller(chosen, { more });
    const { location } = await browser.signIn(site.provider(), '1');
    return { browser, location, who: await whoIs(browser) };
  };

  describe('somebody whom nobody knows here', () => {
    it('gets an account with their name and verified address, and is let in', async () => {
      ada();
      const browser = site.traveller(OPEN);
      const answer = await browser.signIn(site.provider(), '1', 'acme', { next: '/accounts/' });
      expect(answer).toMatchObject({ status: 302, location: '/accounts/' });
      expect(await whoIs(browser)).toBe('ada');
      const user = await db.user.findFirstOrThrow({ where: { username: 'ada' } });
      const names = { firstName: 'Ada', lastName: 'Lovelace', email: 'Ada@Example.com' };
      expect(user).toMatchObject({ ...names, isStaff: false, isSuperuser: false });
      expect((await users.getById(user.id))?.hasUsablePassword()).toBe(false);
      expect(await db.emailAddress.findMany({ where: { userId: user.id } })).toMatchObject([
        { email: 'ada@example.com', verified: true, primary: true },
      ]);
      const [link] = await db.socialAccount.findMany({ where: { userId: user.id } });
      expect(link).toMatchObject({ provider: 'acme', uid: '1' });
      expect(link?.extraData).toEqual({
        id_token: {
          iss: site.provider().issuer,
          sub: '1',
          email: 'Ada@Example.com',
          email_verified: true,
          name: 'Ada Lovelace',
          preferred_username: 'ada',
          groups: [],
        },
      });
    });

    it('is the same person the next time, whatever they are called by then', async () => {
      ada();
      await signIn(OPEN);
      ada({ preferred_username: 'bob', email: 'bob@example.com' });
      expect((await signIn(OPEN)).who).toBe('ada');
      expect(await db.socialAccount.count()).toBe(1);
    });

    it('gets none where registration is closed, and nothing is made', async () => {
      ada();
      const { location, who } = await signIn({ trustEmail: true });
      expect(location).toBe('/accounts/3rdparty/login/closed/?provider=acme');
      expect(who).toBe('nobody');
      expect(await db.socialAccount.count()).toBe(0);
      expect(await db.user.count({ where: { username: 'ada' } })).toBe(0);
    });

    it('gets one in the domains that are open, by an address that is verified', async () => {
      const signup = { domains: ['example.com'] };
      ada({ email: 'ada@elsewhere.test' });
      expect((await signIn({ trustEmail: true, signup })).who).toBe('nobody');
      ada({ email_verified: false });
      expect((await signIn({ trustEmail: true, signup })).who).toBe('nobody');
      ada();
      expect((await signIn({ signup })).who).toBe('nobody');
      expect((await signIn({ trustEmail: true, signup })).who).toBe('ada');
    });

    it('has no address here that the provider is not believed', async () => {
      ada();
      expect((await signIn({ signup: 'open' })).who).toBe('ada');
      expect(await db.user.findFirst({ where: { username: 'ada' } })).toMatchObject({ email: '' });
      expect(await db.emailAddress.count()).toBe(0);
    });

    it('is called what is free: never by another’s name, nor by one that is kept back', async () => {
      await users.createUser({ username: 'ADA', password: null });
      ada();
      expect((await signIn(OPEN)).who).toBe('ada2');
      await site.empty();
      ada({ preferred_username: 'Root' });
      const kept = { ACCOUNT_USERNAME_BLACKLIST: ['root'] };
      expect((await signIn(OPEN, kept)).who).toBe('Root2');
      await site.empty();
      ada({ preferred_username: '<b>', email: 'grace.h@example.com' });
      expect((await signIn(OPEN)).who).toBe('b');
      await site.empty();
      site.provider().people.set('1', {});
      expect(String((await signIn(OPEN)).who)).toMatch(/^user-[0-9a-f]{8}$/);
    });

    it('gets one account by several answers at once, and a name that no other gets', async () => {
      ada();
      for (const sub of ['2', '3']) site.provider().people.set(sub, { preferred_username: 'ada' });
      const all = ['1', '1', '2', '3'].map((sub) => ({ sub, browser: site.traveller(OPEN) }));
      const addresses: string[] = [];
      for (const { browser, sub } of all) {
        const { location } = await browser.begin('acme');
        addresses.push(await browser.there(location ?? '', site.provider(), sub));
      }
      await Promise.all(all.map(({ browser }, i) => browser.back(addresses[i] ?? '')));
      const [first, second, ...others] = await Promise.all(
        all.map(({ browser }) => whoIs(browser)),
      );
      expect(first).toBe(second);
      expect([first, ...others].sort()).toEqual(['ada', 'ada2', 'ada3']);
      expect(await db.user.count({ where: { username: { startsWith: 'ada' } } })).toBe(3);
    });
  });

  describe('somebody whose address an account here has verified', () => {
    it('is asked to sign in to it, and is linked then and not before', async () => {
      const mine = await site.local('countess', 'ada@example.com', true);
      ada();
      const { browser, location, who } = await signIn(OPEN);
      expect(location).toBe('/accounts/3rdparty/login/link/?provider=acme&next=');
      expect(who).toBe('nobody');
      expect(await db.socialAccount.count()).toBe(0);
      await browser.password('countess', 'x');
      expect(await whoIs(browser)).toBe('countess');
      expect(await db.socialAccount.findMany()).toMatchObject([{ uid: '1', userId: mine.id }]);
      expect((await allMail(site)).at(-1)).toContain('was linked to yours');
      expect((await signIn(OPEN)).who).toBe('countess');
    });

    it('is linked to nobody else who signs in in this browser', async () => {
      await site.local('countess', 'ada@example.com', true);
      await site.local('mallory', 'm@example.com', true);
      ada();
      const { browser } = await signIn(OPEN);
      await browser.password('mallory', 'x');
      expect(await whoIs(browser)).toBe('mallory');
      expect(await db.socialAccount.count()).toBe(0);
      await browser.password('countess', 'x');
      expect(await db.socialAccount.count()).toBe(0);
    });

    it('is let in where the settings say so, and linked where they say that', async () => {
      await site.local('countess', 'ada@example.com', true);
      ada();
      const more = { SOCIALACCOUNT_EMAIL_AUTHENTICATION: true };
      expect((await signIn(OPEN, more)).who).toBe('countess');
      expect(await db.socialAccount.count()).toBe(0);
      const both = { ...more, SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true };
      expect((await signIn(OPEN, both)).who).toBe('countess');
      expect(await db.socialAccount.count()).toBe(1);
    });

    it.each([
      ['verified there', { trustEmail: true }, { email_verified: false }],
      ['trusted', { trustEmail: false }, {}],
    ])('is not, by an address that is not %s', async (_what, chosen, claims) => {
      await site.local('countess', 'ada@example.com', true);
      ada(claims);
      const more = { SOCIALACCOUNT_EMAIL_AUTHENTICATION: true };
      const { who } = await signIn({ ...OPEN, ...chosen }, more);
      expect(who).toBe('ada');
      expect(await db.emailAddress.count({ where: { email: 'ada@example.com' } })).toBe(1);
    });
  });

  describe('pre-hijacking', () => {
    it('by who registers first with another’s address gives them nothing', async () => {
      const attacker = await site.local('attacker', 'Ada@example.com', false);
      ada();
      const more = {
        SOCIALACCOUNT_EMAIL_AUTHENTICATION: true,
        SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true,
      };
      expect((await signIn(OPEN, more)).who).toBe('ada');
      const owners = await db.emailAddress.findMany({ include: { user: true } });
      expect(owners.map(({ user, verified }) => [user.username, verified])).toEqual([
        ['ada', true],
      ]);
      expect((await users.getById(attacker.id))?.email).toBe('');
      expect((await allMail(site)).at(-1)).toContain('the account attacker');
    });

    it('by who links first, at a provider that believes everything, gives them nothing', async () => {
      site.provider().people.set('666', {
        email: 'ada@example.com',
        email_verified: false,
        preferred_username: 'attacker',
      });
      const browser = site.traveller(OPEN);
      await browser.signIn(site.provider(), '666');
      expect(await whoIs(browser)).toBe('attacker');
      ada();
      expect((await signIn(OPEN)).who).toBe('ada');
      const links = await db.socialAccount.findMany({ include: { user: true } });
      expect(links.map(({ uid, user }) => [uid, user.username]).sort()).toEqual([
        ['1', 'ada'],
        ['666', 'attacker'],
      ]);
    });
  });

  it('nobody who is deactivated is let in, nor changed', async () => {
    ada();
    await signIn(OPEN);
    await db.user.updateMany({ where: { username: 'ada' }, data: { isActive: false } });
    const links = await db.socialAccount.findMany();
    ada({ name: 'Countess Lovelace' });
    const { location, who } = await signIn(OPEN);
    expect(await db.socialAccount.findMany()).toEqual(links);
    expect(location).toMatch(/^\/accounts\/3rdparty\/login\/error\/\?provider=acme&reference=/);
    expect(who).toBe('nobody');
  });

  it('the same subject of another issuer is somebody else', async () => {
    ada();
    await signIn(OPEN);
    const row = await db.socialAccount.findFirstOrThrow();
    const extraData = { id_token: { iss: 'https://former.example', sub: '1' } };
    await db.socialAccount.update({ where: { id: row.id }, data: { extraData } });
    expect((await signIn(OPEN)).who).toBe('nobody');
    expect(await lastFailure()).toContain('another issuer');
  });

  it('a link that another application made without an issuer counts, and is given one', async () => {
    const user = await users.createUser({ username: 'old', password: null });
    const now = new Date();
    const data = { provider: 'acme', uid: '1', userId: user.id, lastLogin: now, dateJoined: now };
    await db.socialAccount.create({ data: { ...data, extraData: {} } });
    ada();
    expect((await signIn({})).who).toBe('old');
    const { extraData } = await db.socialAccount.findFirstOrThrow();
    expect(JSON.stringify(extraData)).toContain(site.provider().issuer);
  });
}
