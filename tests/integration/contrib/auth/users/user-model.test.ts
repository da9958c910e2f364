import { beforeAll, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate, login } from '@/lib/contrib/auth';
import { AuthenticationForm, invalidLogin } from '@/lib/contrib/auth/forms';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { User } from '@/lib/contrib/auth/models';
import {
  checkUserModel,
  checkUsernameIsUnique,
} from '@/lib/contrib/auth/users/checks/user-model-checks';
import { users } from '@/lib/contrib/auth/users/managers';
import { findUser, getOrCreateUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { command as clearsessions } from '@/lib/contrib/sessions/management/commands/clearsessions';
import { ImproperlyConfigured } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import {
  CUSTOMERS,
  Customer,
  createCustomer,
  installCustomers,
} from '@/tests/support/auth/customers';
import { grant } from '@/tests/support/auth/grants';
import { counting, PASSWORD, requestWith, save } from '@/tests/support/auth/sign-in';
import { freshDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { statementsOf } from '@/tests/support/statements';

const swapped = { AUTH_USER_MODEL: 'shop.Customer', ...counting };
const email = 'ada@example.com';

beforeAll(() => registerHasher(countingHasher()));
beforeAll(async () => {
  const tearDown = await freshDatabase();
  await installCustomers();
  await overrideSettings(swapped, () => createCustomer({ email, password: PASSWORD }));
  return tearDown;
});

describe('getUserModel', () => {
  it('describes auth.User', () => {
    expect(getUserModel()).toMatchObject({
      name: 'auth.User',
      table: 'auth_user',
      USERNAME_FIELD: 'username',
      EMAIL_FIELD: 'email',
      REQUIRED_FIELDS: ['email'],
    });
    expect(checkUserModel(getUserModel())).toEqual([]);
  });

  it('refuses a model that nobody installed', async () => {
    await overrideSettings({ AUTH_USER_MODEL: 'shop.Nobody' }, () => {
      expect(getUserModel).toThrow(ImproperlyConfigured);
    });
  });
});

describe('a model of one’s own, with email as the name', () => {
  it('signs in, by either name of the credential, and stays signed in', async () => {
    await overrideSettings(swapped, async () => {
      expect(await authenticate(null, { username: email, password: 'wrong' })).toBeNull();
      expect(await authenticate(null, { username: 'nobody@x', password: PASSWORD })).toBeNull();
      expect(await authenticate(null, { email, password: PASSWORD })).not.toBeNull();
      const customer = await authenticate(null, { username: email, password: PASSWORD });
      expect(customer).toBeInstanceOf(Customer);
      const request = await requestWith();
      await login(request, customer as Customer);
      const seal = await save(request);
      const statements = await statementsOf(async () => {
        const { user } = await requestWith(seal);
        expect(user).toBeInstanceOf(Customer);
        expect(user.getUsername()).toBe(email);
        expect(user.isAuthenticated && user.lastLogin).toBeInstanceOf(Date);
      });
      expect(statements).toHaveLength(1);
      expect(statements[0]).toContain('shop_customer');
    });
  });

  it('is asked for its name in the words and the length of the model', async () => {
    const overlong = { username: `${'½'.repeat(245)}@x.example`, password: 'x' };
    await overrideSettings(swapped, () => {
      expect(invalidLogin()).toBe('This email and password do not match. Check capital letters.');
      const [issue] = AuthenticationForm.safeParse({ password: 'x' }).error?.issues ?? [];
      expect(issue?.message).toBe('Enter your email.');
      const username = '½'.repeat(200);
      const typed = AuthenticationForm.parse({ username, password: 'x' });
      expect(typed.username).toBe(username.normalize('NFKC'));
      expect(AuthenticationForm.parse(overlong)).toEqual(overlong);
    });
  });

  it('is refused when inactive, and its session ends with its password', async () => {
    await overrideSettings(swapped, async () => {
      const inactive = { email: 'inactive@example.com', password: PASSWORD, isActive: false };
      await createCustomer(inactive);
      expect(await authenticate(null, { username: inactive.email, password: PASSWORD })).toBeNull();
      const customer = await createCustomer({ email: 'new@example.com', password: PASSWORD });
      const request = await requestWith();
      await login(request, customer);
      const seal = await save(request);
      await customer.setPassword('another');
      await customer.save(['password']);
      expect((await requestWith(seal)).user.isAuthenticated).toBe(false);
    });
  });

  it('gets its password upgraded in its own table', async () => {
    await overrideSettings(swapped, async () => {
      const customer = await createCustomer({ email: 'old@example.com', password: PASSWORD });
      const PASSWORD_HASHERS = ['pbkdf2_sha256', 'counting'];
      await overrideSettings({ PASSWORD_HASHERS, PBKDF2_ITERATIONS: 1 }, () =>
        authenticate(null, { username: 'old@example.com', password: PASSWORD }),
      );
      const upgraded = await findUser(CUSTOMERS, 'id', customer.id);
      expect(upgraded?.encodedPassword()).toMatch(/^pbkdf2_sha256\$1\$/);
    });
  });

  it('has nothing of what the auth.User with its id holds', async () => {
    const customer = await findUser(CUSTOMERS, 'email', email);
    const other = await users.createSuperuser({ username: 'same id' });
    expect(other.id).toBe(customer?.id);
    await grant(other, 'articles.add_article');
    await overrideSettings(swapped, async () => {
      expect(await customer?.getAllPermissions()).toEqual(new Set());
      expect(await customer?.hasPerm('articles.add_article')).toBe(false);
      expect(await users.withPerm('articles.add_article')).toEqual([]);
    });
  });

  it('is made for a remote user, once', async () => {
    await overrideSettings(swapped, async () => {
      const name = 'remote@example.com';
      const first = await getOrCreateUser(name);
      expect(first).toMatchObject({ isCreated: true, user: { email: name } });
      expect((await getOrCreateUser(name)).isCreated).toBe(false);
    });
  });

  it('is not taken for an orphan by clearsessions', async () => {
    await overrideSettings(swapped, async () => {
      const customer = await createCustomer({ email: 'stays@example.com', password: PASSWORD });
      const request = await requestWith();
      await login(request, customer);
      const seal = await save(request);
      await run(clearsessions, []);
      expect((await requestWith(seal)).user.isAuthenticated).toBe(true);
    });
  });
});

describe('checkUsernameIsUnique', () => {
  it('finds nothing in either model', async () => {
    expect(await checkUsernameIsUnique()).toEqual([]);
    await overrideSettings(swapped, async () => expect(await checkUsernameIsUnique()).toEqual([]));
  });

  it.each([
    [['ModelBackend'], 'error', 'auth.E003'],
    [['EmailBackend', 'ModelBackend'], 'warning', 'auth.W004'],
  ])('with %j a name that is not unique is an %s', async (AUTHENTICATION_BACKENDS, level, id) => {
    await db.$executeRawUnsafe('DROP INDEX shop_customer_email');
    try {
      await overrideSettings({ ...swapped, AUTHENTICATION_BACKENDS }, async () => {
        expect(await checkUsernameIsUnique()).toMatchObject([{ level, id }]);
        await db.$executeRawUnsafe(
          `CREATE UNIQUE INDEX shop_customer_partial ON shop_customer (email) WHERE ${
            testDatabase === 'sqlite' ? 'is_active = 1' : 'is_active'
          }`,
        );
        expect(await checkUsernameIsUnique()).toMatchObject([{ level, id }]);
      });
    } finally {
      await db.$executeRawUnsafe('DROP INDEX IF EXISTS shop_customer_partial');
      await db.$executeRawUnsafe(
        'CREATE UNIQUE INDEX shop_customer_email ON shop_customer (email)',
      );
    }
  });

  it('says nothing without the table', async () => {
    await db.$executeRawUnsafe('ALTER TABLE shop_customer RENAME TO shop_gone');
    try {
      await overrideSettings(swapped, async () => {
        expect(await checkUsernameIsUnique()).toEqual([]);
      });
    } finally {
      await db.$executeRawUnsafe('ALTER TABLE shop_gone RENAME TO shop_customer');
    }
  });
});

describe('User.save', () => {
  it('writes the fields of the model and no others', async () => {
    const user = await users.createUser({ username: 'saved' });
    user.firstName = 'Ada';
    const statements = await statementsOf(() => user.save());
    expect(statements).toHaveLength(1);
    const again = await users.getById(user.id);
    expect(again).toEqual(user);
    expect(again).toBeInstanceOf(User);
  });
});
