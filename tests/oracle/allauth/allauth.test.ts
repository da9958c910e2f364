import { afterAll, beforeAll, expect, it } from 'vitest';
import { GET as openConfirm } from '@/app/(account)/accounts/confirm-email/[key]/route';
import { confirmEmailAction } from '@/app/(account)/accounts/confirm-email/actions';
import { emailAction } from '@/app/(account)/accounts/email/actions';
import { unlinkAction } from '@/app/(socialaccount)/accounts/3rdparty/actions';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate } from '@/lib/contrib/auth';
import { command as importallauth } from '@/lib/contrib/auth/management/commands/importallauth';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { command as migrate } from '@/lib/core/management/commands/migrate';
import { db } from '@/lib/db/client';
import { checkAddressTable } from '@/lib/extras/account/allauth/table-check';
import { addressesOf } from '@/lib/extras/account/emails/addresses';
import { linksOf } from '@/lib/extras/socialaccount/links/social-accounts';
import { site, tokenIn, toldBy } from '@/tests/support/account/visitor';
import { emptyDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { browserOf } from '@/tests/support/server-call';
import { ORIGIN, Traveller } from '@/tests/support/socialaccount/journey';
import { CLIENT, startProvider, type TestProvider } from '@/tests/support/socialaccount/provider';
import { whoIs } from '@/tests/support/socialaccount/set-up';
import { ourCosts } from '../costs';
import type { Django } from '../django';
import { count } from '../oracle';
import { describeWithAllauth, djangoWithAllauth } from './allauth';

const PASSWORD = 'correct horse 42';

type Address = [email: string, verified: boolean, primary: boolean];

describeWithAllauth('a Django site with allauth', () => {
  let django: Django;
  let tearDown: () => Promise<void>;
  let here: Awaited<ReturnType<typeof site>>;
  let provider: TestProvider;
  const before = { addresses: [] as Address[], links: [] as unknown[] };
  let adopted: string[] = [];

  beforeAll(async () => {
    tearDown = await emptyDatabase();
    django = djangoWithAllauth();
    here = await site({ ...ourCosts, PASSWORD_HASHERS: ['pbkdf2_sha256'] });
    provider = await startProvider(['google']);
    await provider.open(ORIGIN);
    await django.ask('migrate');
    await django.ask('register', {
      username: 'ada',
      email: 'Ada.Lovelace@Example.com',
      password: PASSWORD,
    });
    await django.ask('confirm', { email: 'ada.lovelace@example.com' });
    await django.ask('add_email', { username: 'ada', email: 'ada@home.example' });
    await django.ask('mail_link', { email: 'ada@home.example' });
    await django.ask('link', {
      username: 'ada',
      provider: 'google',
      uid: '1',
      extra_data: { email: 'ada@gmail.example', name: 'Ada' },
    });
    await atProvider('2', { username: 'grace', email: 'grace@example.com' });
    before.addresses = await addressesThere('ada');
    before.links = await django.ask('links', { username: 'ada' });
    adopted = (await run(migrate, [])).out;
  });

  afterAll(async () => {
    await django?.stop();
    await provider?.stop();
    await here?.remove();
    await tearDown?.();
  });

  const addressesThere = (username: string) => django.ask<Address[]>('addresses', { username });
  const atProvider = (uid: string, more: object = {}) =>
    django.ask<string>('sign_in_at_provider', { provider: 'google', uid, extra_data: {}, ...more });
  const named = async (username: string): Promise<User> => {
    const user = await users.getByNaturalKey(username);
    if (!user) throw new Error(`There is no ${username}.`);
    return user;
  };
  const shown = async (username: string) =>
    (await addressesOf(await named(username))).map(({ email, verified, primary }) => [
      email,
      verified,
      primary,
    ]);
  const visitorOf = async (user: User) => here.visitor(await browserOf(user));

  /** Sign in here at a provider that has the id which Django calls it by: who that is. */
  async function signInHere(sub: string): Promise<unknown> {
    const google = { id: 'google', issuer: provider.issuer, ...CLIENT, trustEmail: true };
    const browser = new Traveller({ ...here.settings, SOCIALACCOUNT_PROVIDERS: [google] });
    provider.people.set(sub, {});
    await browser.signIn(provider, sub, 'google');
    return whoIs(browser);
  }

  it('is adopted with its addresses and links, which stay as they are', async () => {
    expect(adopted[0]).toBe("Adopted Django's tables: 0001_django is marked as applied.");
    expect(before.addresses).toEqual([
      ['Ada.Lovelace@example.com', true, true],
      ['ada@home.example', false, false],
    ]);
    expect(await addressesThere('ada')).toEqual(before.addresses);
    expect(await django.ask('links', { username: 'ada' })).toEqual(before.links);
    expect(await django.ask('tokens')).toBe(2);
    expect((await checkAddressTable()).map(({ id }) => id)).toEqual(['account.W006']);
    count(4);
  });

  it('has its addresses written as newer versions of allauth write them, when it is asked to', async () => {
    const lines = [
      'addresses: in use: 3',
      'addresses: written in lower case: 1',
      'addresses: an address that nobody has confirmed may be added by others',
      'links to google: SOCIALACCOUNT_PROVIDERS has no provider of this id: 2',
    ];
    const dry = await run(importallauth, ['--dry-run']);
    expect(dry).toMatchObject({ status: 0, out: [...lines, 'Nothing was written.'] });
    expect(await addressesThere('ada')).toEqual(before.addresses);
    expect((await run(importallauth, [])).out).toEqual(lines);
    expect(await checkAddressTable()).toEqual([]);
    const now = [['ada.lovelace@example.com', true, true], before.addresses[1]];
    expect(await addressesThere('ada')).toEqual(now);
    expect(await shown('ada')).toEqual(now);
    expect(await shown('grace')).toEqual([['grace@example.com', false, true]]);
    expect((await run(importallauth, [])).out).toEqual([lines[0], lines[3]]);
    count(6);
  });

  it('has people who sign in here by their address and password', async () => {
    const settings = { ...ourCosts, AUTHENTICATION_BACKENDS: ['EmailBackend'] as const };
    const credentials = { username: 'ada.lovelace@example.com', password: PASSWORD };
    const user = await overrideSettings(settings, () => authenticate(null, credentials));
    expect(user?.username).toBe('ada');
    count(1);
  });

  it('has people who come back from their provider, here and there by turns', async () => {
    expect(await signInHere('1')).toBe('ada');
    expect(await atProvider('1')).toBe('ada');
    expect(await signInHere('2')).toBe('grace');
    expect(await signInHere('1')).toBe('ada');
    expect(await signInHere('3')).toBe('nobody');
    expect(await linksOf((await named('ada')).id)).toHaveLength(1);
    count(4);
  });

  it('confirms addresses, which are confirmed here', async () => {
    expect(await django.ask('confirm', { email: 'ada@home.example' })).toBe(true);
    expect(await shown('ada')).toContainEqual(['ada@home.example', true, false]);
    await django.ask('set_primary', { email: 'ada@home.example' });
    expect(await shown('ada')).toEqual([
      ['ada@home.example', true, true],
      ['ada.lovelace@example.com', true, false],
    ]);
    count(2);
  });

  it('finds people by addresses that they add and confirm here', async () => {
    const grace = await visitorOf(await named('grace'));
    await grace.send(emailAction, { email: 'Grace@Navy.example', action_add: 'add' });
    const find = { email: 'grace@navy.example' };
    expect(await addressesThere('grace')).toContainEqual([find.email, false, false]);
    expect(await django.ask('verified_owner', find)).toBeNull();
    const mail = (await here.news()).find(({ headers }) => headers['to'] === find.email);
    await grace.open(openConfirm, { key: mail ? tokenIn(mail, '/accounts/confirm-email/') : '' });
    await grace.send(confirmEmailAction, {});
    expect(await django.ask('verified_owner', find)).toBe('grace');
    expect(await addressesThere('grace')).toEqual([
      ['grace@example.com', false, false],
      ['grace@navy.example', true, true],
    ]);
    expect((await named('grace')).email).toBe(find.email);
    count(4);
  });

  it('may have had an address added that its owner adds too', async () => {
    const ada = await visitorOf(await named('ada'));
    const answer = await ada.send(emailAction, { email: 'grace@example.com', action_add: 'add' });
    expect(toldBy(answer)).toBe('If grace@example.com can be used, a link is on its way to it.');
    expect(await addressesThere('ada')).toContainEqual(['grace@example.com', false, false]);
    count(1);
  });

  it('loses addresses and links that are removed here, with what hangs on them', async () => {
    const user = await named('ada');
    const ada = await visitorOf(user);
    const hanging = () => db.$queryRaw<unknown[]>`SELECT 1 FROM account_emailconfirmation`;
    await ada.send(emailAction, { email: 'ada.lovelace@example.com', action_primary: 'primary' });
    expect(await hanging()).toHaveLength(1);
    const gone = await ada.send(emailAction, {
      email: 'ada@home.example',
      action_remove: 'remove',
    });
    expect(toldBy(gone)).toBe('ada@home.example is removed.');
    expect(await hanging()).toHaveLength(0);
    const [link] = await linksOf(user.id);
    await ada.send(unlinkAction, { account: String(link?.id) });
    expect(await django.ask('links', { username: 'ada' })).toEqual([]);
    expect(await django.ask('tokens')).toBe(1);
    count(2);
  });

  it('has people whom both may delete, with what the other has of them', async () => {
    await django.ask('mail_link', { email: 'grace@navy.example' });
    expect(await (await named('grace')).delete()).toBe(true);
    expect(await django.ask('tokens')).toBe(0);
    expect(await atProvider('2', { username: 'other', email: 'o@example.com' })).toBe('other');
    await django.ask('delete_user', { username: 'other' });
    await django.ask('delete_user', { username: 'ada' });
    expect([await db.emailAddress.count(), await db.socialAccount.count()]).toEqual([0, 0]);
    expect(await django.ask('migrate')).toContain('No migrations to apply.');
    count(4);
  });
});
