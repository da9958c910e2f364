import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate } from '@/lib/contrib/auth';
import { command as changepassword } from '@/lib/contrib/auth/management/commands/changepassword';
import { command as createsuperuser } from '@/lib/contrib/auth/management/commands/createsuperuser';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { changePassword } from '@/lib/contrib/auth/passwords/password-change';
import { findUserOfLink, sendResetMails } from '@/lib/contrib/auth/passwords/password-reset';
import { users } from '@/lib/contrib/auth/users/managers';
import { findUser, findUserByName } from '@/lib/contrib/auth/users/user-model';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import { command as why } from '@/lib/extras/why/management/commands/why';
import { CUSTOMERS, createCustomer, installCustomers } from '@/tests/support/auth/customers';
import { client, PASSWORD } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';
import { mailFolder } from '@/tests/support/mail';
import { run } from '@/tests/support/run-command';

const swapped = { AUTH_USER_MODEL: 'shop.Customer' };
const NEW = 'a better horse';

beforeAll(async () => {
  const tearDown = await freshDatabase();
  await installCustomers();
  return tearDown;
});

beforeEach(() => db.$executeRawUnsafe('DELETE FROM shop_customer'));

afterEach(() => {
  vi.unstubAllEnvs();
});

function asCustomers<T>(work: () => Promise<T>): Promise<T> {
  return overrideSettings(swapped, work);
}

function signIn(email: string, password: string) {
  return asCustomers(() => authenticate(null, { username: email, password }));
}

describe('createsuperuser with a user model of one’s own', () => {
  it('has its fields as options and asks for the rest by their names', async () => {
    const answers = ['root@example.com', 'many', '', '7', NEW, NEW];
    const asked = await asCustomers(() => run(createsuperuser, [], answers));
    expect(asked).toMatchObject({ status: 0, left: [] });
    expect(asked.asked).toEqual([
      'Email: ',
      ...Array(3).fill('Customer number: '),
      'Password: (hidden)',
      'Password (again): (hidden)',
    ]);
    expect(asked.err).toEqual(Array(2).fill('Error: Enter a number.'));
    const root = await findUser(CUSTOMERS, 'email', 'root@example.com');
    expect(root).toMatchObject({ isSuperuser: true, isActive: true, customerNumber: 7 });
    expect(await signIn('root@example.com', NEW)).not.toBeNull();
    expect(await db.user.count()).toBe(0);
    await asCustomers(async () => {
      expect(createsuperuser.usage).toBe('[--email …] [--customer_number …] [--noinput]');
    });
    expect(createsuperuser.usage).toBe('[--username …] [--email …] [--noinput]');
  });

  it('refuses a name that is taken, in the model’s own words, and proposes none', async () => {
    await asCustomers(() => createCustomer({ email: 'ada@example.com', password: PASSWORD }));
    const args = ['--noinput', '--email', 'ada@EXAMPLE.com', '--customer_number', '1'];
    const { status, err } = await asCustomers(() => run(createsuperuser, args));
    expect([status, err]).toEqual([1, ['That email is already taken.']]);
  });

  it('takes all of it from the environment, under the names of the fields', async () => {
    vi.stubEnv('DJANGO_SUPERUSER_EMAIL', 'env@example.com');
    const silent = () => asCustomers(() => run(createsuperuser, ['--noinput']));
    expect((await silent()).err).toEqual(['--noinput needs --customer_number.']);
    vi.stubEnv('DJANGO_SUPERUSER_CUSTOMER_NUMBER', 'x');
    expect((await silent()).err).toEqual(['Enter a number.']);
    vi.stubEnv('DJANGO_SUPERUSER_CUSTOMER_NUMBER', '12');
    vi.stubEnv('DJANGO_SUPERUSER_PASSWORD', NEW);
    expect(await silent()).toMatchObject({ status: 0 });
    expect(await signIn('env@example.com', NEW)).toMatchObject({ customerNumber: 12 });
  });

  it('knows no option of another model', async () => {
    const args = ['--noinput', '--username', 'x', '--email', 'x@example.com'];
    expect((await asCustomers(() => run(createsuperuser, args))).status).toBe(2);
  });
});

describe('other commands with a user model of one’s own', () => {
  it('changepassword and why find people by its name field', async () => {
    await users.createUser({ username: 'ada@example.com' });
    await asCustomers(() => createCustomer({ email: 'ada@example.com', password: PASSWORD }));
    const { status } = await asCustomers(() =>
      run(changepassword, ['ada@example.com'], [NEW, NEW]),
    );
    expect(status).toBe(0);
    expect(await signIn('ada@example.com', NEW)).not.toBeNull();
    expect((await findUserByName('ada@example.com'))?.hasUsablePassword()).toBe(false);
    const told = await asCustomers(() => run(why, ['ada@example.com', 'articles.add_article']));
    expect(told.status).toBe(1);
    expect(told.out[0]).toContain('ada@example.com does not hold articles.add_article');
  });
});

describe('a reset with a user model of one’s own', () => {
  it('mails the address in its EMAIL_FIELD a link that changes its own password', async () => {
    await users.createUser({ username: 'x', email: 'ada@example.com', password: PASSWORD });
    const folder = await mailFolder();
    await overrideSettings({ ...swapped, EMAIL_URL: folder.url }, async () => {
      await createCustomer({ email: 'ada@example.com', password: PASSWORD });
      await sendResetMails('ADA@example.com', 'https://shop.example');
      const [mail, ...others] = await folder.mails();
      expect(others).toEqual([]);
      expect(mail?.headers['to']).toBe('ada@example.com');
      const [, uidb64 = '', token = ''] =
        /\/accounts\/reset\/([\w-]+)\/([\w-]+)\//.exec(mail?.text ?? '') ?? [];
      const customer = await findUserOfLink({ uidb64, token });
      if (!customer) throw new Error('The link is nobody’s.');
      const request = { session: new Session(), user: new AnonymousUser(), ...client };
      expect(await changePassword(request, customer, NEW, 'reset link')).toBe(0);
      expect(await findUserOfLink({ uidb64, token })).toBeNull();
    });
    expect(await signIn('ada@example.com', NEW)).not.toBeNull();
    expect(await signIn('ada@example.com', PASSWORD)).toBeNull();
    expect(await authenticate(null, { username: 'x', password: NEW })).toBeNull();
    await folder.remove();
  });
});
