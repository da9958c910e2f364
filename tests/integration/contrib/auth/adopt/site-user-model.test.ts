import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { makePassword } from '@/lib/contrib/auth/hashers';
import { describeSiteUsers } from '@/lib/contrib/auth/management/adopt/site-user-model';
import { userAppText, userModelText } from '@/lib/contrib/auth/management/adopt/user-app-text';
import { authUser, User } from '@/lib/contrib/auth/models';
import { checkStoredHashes } from '@/lib/contrib/auth/passwords/stored-hash-checks';
import { loadSession } from '@/lib/contrib/auth/users/load-session';
import { users } from '@/lib/contrib/auth/users/managers';
import {
  defineUserModel,
  findUserByName,
  installUserModel,
} from '@/lib/contrib/auth/users/user-model';
import { command as migrate } from '@/lib/core/management/commands/migrate';
import { forgetForeignKeys } from '@/lib/db/catalogue/foreign-keys';
import { laggingSequences } from '@/lib/db/catalogue/sequences';
import { checkDatabase } from '@/lib/db/checks';
import { db } from '@/lib/db/client';
import { differencesFromDjango } from '@/lib/db/migrations/adoption';
import { usersOfDatabase } from '@/lib/db/migrations/site-users';
import { signedIn } from '@/tests/support/auth/sign-in';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { addPerson, makeSiteTables } from '@/tests/support/django-site/tables';
import { run } from '@/tests/support/run-command';

const WHERE = {
  table: 'accounts_user',
  groups: { table: 'accounts_user_groups', column: 'user_id' },
  userPermissions: { table: 'accounts_user_user_permissions', column: 'user_id' },
};

let tearDown: () => Promise<void>;

beforeEach(async () => {
  tearDown = await emptyDatabase();
});

afterEach(() => tearDown());

/** The model that `adopt` writes down, without writing it. */
class SiteUser extends User {
  override get meta() {
    return siteUser;
  }
}
const siteUser = defineUserModel({
  ...authUser,
  ...WHERE,
  name: 'accounts.User',
  hasWideIds: true,
  newRow: () => ({ ...authUser.newRow(), phone: '' }),
  fields: {
    ...authUser.fields,
    phone: { kind: 'text', column: 'phone', maxLength: 20, isRequired: true, isUnique: false },
  },
  fromRow: (row) => new SiteUser(row as ConstructorParameters<typeof User>[0]),
});

async function asAdopted(work: () => Promise<void>): Promise<void> {
  const putBack = installUserModel(siteUser);
  try {
    await overrideSettings({ AUTH_USER_MODEL: 'accounts.User' }, work);
  } finally {
    putBack();
  }
}

/** As after a restore with the ids: the next row would get one that somebody has. */
async function expectLagToBeTold(): Promise<void> {
  if (testDatabase === 'sqlite') return;
  const next = (number: number, isCalled: boolean) => db.$queryRaw`
    SELECT setval(pg_get_serial_sequence('accounts_user', 'id'), ${number}::bigint, ${isCalled})`;
  await next(1, false);
  expect((await laggingSequences()).map(({ table }) => table)).toEqual(['accounts_user']);
  await next(1, true);
  expect(await laggingSequences()).toEqual([]);
}

describe('the people of a Django site', () => {
  it('are found by what leads to them, and migrate says that their model must be adopted', async () => {
    await makeSiteTables();
    expect(await usersOfDatabase()).toEqual(WHERE);
    const refusal = run(migrate, []);
    await expect(refusal).rejects.toThrow("This site's people are in accounts_user");
    await expect(refusal).rejects.toThrow('manage -- adopt');
    await expect(db.$queryRaw`SELECT 1 FROM _prisma_migrations`).rejects.toThrow();
  });

  it.each([false, true])(
    'are in tables as Django makes them, with wide ids: %s',
    async (isWide) => {
      await makeSiteTables({ isWide });
      expect(await differencesFromDjango(WHERE)).toEqual([]);
      expect((await describeSiteUsers(WHERE, {})).hasWideIds).toBe(isWide);
    },
  );

  it.runIf(testDatabase === 'postgresql')(
    'are those of the own schema, with another site in one beside it',
    async () => {
      await makeSiteTables();
      await db.$executeRaw`CREATE SCHEMA aside`;
      for (const statement of [
        'members (id integer PRIMARY KEY)',
        'auth_group (id integer PRIMARY KEY)',
        'django_admin_log (user_id integer REFERENCES aside.members)',
        'accounts_user_groups (user_id integer REFERENCES public.accounts_user, group_id integer REFERENCES aside.auth_group)',
      ]) {
        await db.$executeRawUnsafe(`CREATE TABLE aside.${statement}`);
      }
      forgetForeignKeys();
      expect(await usersOfDatabase()).toEqual(WHERE);
    },
  );

  it('are refused where what ties them to groups was changed', async () => {
    const unique =
      testDatabase === 'sqlite'
        ? /CREATE UNIQUE INDEX "accounts_user_groups_[^\n]*/
        : /\s+CONSTRAINT "accounts_user_groups_user_id_group_id_94350c0c_uniq"[^\n]*/;
    await makeSiteTables({ edit: (ddl) => ddl.replace(unique, '') });
    expect(await differencesFromDjango(WHERE)).toEqual([
      'accounts_user_groups: unique (user_id, group_id) is missing',
    ]);
  });

  it('are served once their model is known, under the numbers that they have', async () => {
    await makeSiteTables({ isWide: true });
    const id = await addPerson('ada');
    await asAdopted(async () => {
      const { out } = await run(migrate, []);
      expect(out[0]).toBe("Adopted Django's tables: 0001_django is marked as applied.");
      expect(out).toContain('articles_article.author_id refers to accounts_user now.');
      expect((await run(migrate, [])).out).toEqual(['No migrations to apply.']);
      expect(await checkDatabase()).toEqual([]);
      await expectLagToBeTold();
      const ada = await findUserByName('ada');
      expect(ada?.id).toBe(id);
      if (!ada) return;
      const seal = await signedIn(ada);
      expect((await loadSession(seal))?.user?.id).toBe(id);
      const group = await db.group.create({ data: { name: 'Readers' } });
      await db.$executeRaw`INSERT INTO accounts_user_groups (user_id, group_id) VALUES (${id}, ${group.id})`;
      const [tie] = await db.$queryRaw<{ user_id: unknown }[]>`
        SELECT user_id FROM accounts_user_groups`;
      expect(tie?.user_id).toBe(id);
      const boss = await users.createSuperuser({ username: 'boss' });
      expect(typeof boss.id).toBe('number');
      expect(await ada.delete()).toBe(true);
      expect(await db.$queryRaw`SELECT 1 AS one FROM accounts_user_groups`).toEqual([]);
    });
  });
});

describe('hashes that only a Django with another package reads', () => {
  it('are counted, while most people there have others', async () => {
    await makeSiteTables();
    await db.$executeRaw`CREATE TABLE django_migrations (id integer)`;
    for (const name of ['ada', 'bob', 'eve']) await addPerson(name);
    await asAdopted(async () => {
      await run(migrate, []);
      const [encoded, other] = [await hashed('pbkdf2_sha256'), await hashed('bcrypt_sha256')];
      await db.$executeRaw`UPDATE accounts_user SET password = ${encoded}`;
      const settings = { PASSWORD_HASHERS: ['pbkdf2_sha256', 'bcrypt_sha256'] };
      await overrideSettings(settings, async () => {
        expect(await checkStoredHashes()).toEqual([]);
        await db.$executeRaw`UPDATE accounts_user SET password = ${other} WHERE username = 'eve'`;
        const [finding, ...rest] = await checkStoredHashes();
        expect(rest).toEqual([]);
        expect(finding).toMatchObject({ id: 'auth.W109' });
        expect(finding?.message).toMatch(/^1 stored password.* bcrypt\.$/);
      });
    });
  });
});

function hashed(algorithm: string): Promise<string> {
  const cheap = { PASSWORD_HASHERS: [algorithm], PBKDF2_ITERATIONS: 1000 };
  return overrideSettings(cheap, () => makePassword('correct horse 42'));
}

describe('what adopt writes', () => {
  it('has each column, the name to sign in with and what only Django keeps', async () => {
    const date = '"birthday" date NULL';
    await makeSiteTables({ edit: (ddl) => ddl.replace('"phone"', `${date}, "phone"`) });
    const site = await describeSiteUsers(WHERE, { requiredFields: 'email, phone' });
    expect(site).toMatchObject({
      app: 'accounts',
      name: 'accounts.User',
      USERNAME_FIELD: 'username',
      EMAIL_FIELD: 'email',
      REQUIRED_FIELDS: ['email', 'phone'],
    });
    expect(site.leftOut.map(({ column }) => column)).toEqual(['birthday']);
    const text = userModelText(site);
    expect(text).toContain(
      "phone: { kind: 'text', column: 'phone', maxLength: 20, isRequired: true",
    );
    expect(text).toContain("table: 'accounts_user'");
    expect(text).not.toContain('birthday');
    expect(userAppText(site)).toContain('managed: false');
  });

  it('leaves people to Django where a column must have a value that nothing here can give', async () => {
    const uuid = testDatabase === 'sqlite' ? 'char(32)' : 'uuid';
    await db.$executeRawUnsafe(`CREATE TABLE tenants (id ${uuid} PRIMARY KEY)`);
    const tenant = `"tenant_id" ${uuid} NOT NULL REFERENCES tenants (id), "boss_id" ${uuid} NULL REFERENCES tenants (id)`;
    await makeSiteTables({ edit: (ddl) => ddl.replace('"phone"', `${tenant}, "phone"`) });
    const site = await describeSiteUsers(WHERE, {});
    expect(site.leftOut.map(({ column }) => column)).toEqual(['tenant_id', 'boss_id']);
    expect(site.blocked.map(({ column }) => column)).toEqual(['tenant_id']);
    expect(userModelText(site)).toContain('accounts_user wants a value of tenant_id.');
  });

  it('asks people for texts and whole numbers alone, and takes no other number', async () => {
    const floor = '"floor" smallint NOT NULL, "since" bigint NOT NULL UNIQUE';
    await makeSiteTables({ edit: (ddl) => ddl.replace('"phone"', `${floor}, "phone"`) });
    const site = await describeSiteUsers(WHERE, { requiredFields: 'email, floor, since' });
    const text = userModelText(site);
    expect(text).toContain("if (field === 'floor') return wholeNumber(typed, -32_768, 32_767);");
    expect(text).toMatch(/'since'\) return wholeNumber\(typed, Number.MIN_SAFE_INTEGER, /);
    expect((await describeSiteUsers(WHERE, {})).REQUIRED_FIELDS).toEqual(['email', 'since']);
    for (const column of ['is_staff', 'date_joined', 'id']) {
      await expect(describeSiteUsers(WHERE, { requiredFields: column })).rejects.toThrow(
        `no column "${column}" that a person could be asked for`,
      );
    }
  });

  it('asks which column people sign in with where two could be it', async () => {
    const twice =
      '"username" varchar(150) NOT NULL, "handle" varchar(9) NOT NULL UNIQUE, "nick" varchar(9) NOT NULL UNIQUE,';
    await makeSiteTables({
      edit: (ddl) =>
        ddl
          .replace(/"username" varchar\(150\) NOT NULL(?: UNIQUE)?,/, twice)
          .replace(/,\s+CONSTRAINT "accounts_user_username_key" UNIQUE \("username"\)/, ''),
    });
    await expect(describeSiteUsers(WHERE, {})).rejects.toThrow('(handle, nick) name one');
    const told = await describeSiteUsers(WHERE, { usernameField: 'nick' });
    expect(told.USERNAME_FIELD).toBe('nick');
    expect(told.REQUIRED_FIELDS).toEqual(['email', 'handle']);
    await expect(describeSiteUsers(WHERE, { usernameField: 'email' })).rejects.toThrow(
      'accounts_user.email is no text that is unique',
    );
  });

  it('is nothing for a model that cannot be served', async () => {
    await makeSiteTables({
      edit: (ddl) => ddl.replace(/"is_superuser" bool(?:ean)? NOT NULL,/, ''),
    });
    await expect(describeSiteUsers(WHERE, {})).rejects.toThrow('no column is_superuser');
  });

  it('is nothing where ids are beyond what ours can name', async () => {
    await makeSiteTables({ isWide: true });
    await addPerson('ada');
    await db.$executeRaw`UPDATE accounts_user SET id = 3000000000`;
    await expect(describeSiteUsers(WHERE, {})).rejects.toThrow('beyond 2147483647');
  });
});
