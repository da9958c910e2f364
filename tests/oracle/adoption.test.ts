import { afterEach, beforeEach, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate } from '@/lib/contrib/auth';
import { checkStoredHashes } from '@/lib/contrib/auth/passwords/stored-hash-checks';
import { users } from '@/lib/contrib/auth/users/managers';
import { command } from '@/lib/core/management/commands/migrate';
import { db } from '@/lib/db/client';
import { differencesFromDjango } from '@/lib/db/migrations/adoption';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { djangosCosts, ourCosts } from './costs';
import { Django } from './django';
import { compareAll, count, describeWithDjango } from './oracle';
import { makeWorld, permissionIds } from './worlds';

/** Each row of Django's tables as texts, by table. */
type Rows = Record<string, string[][]>;

const PASSWORD = 'correct horse 42';

const BREAKS: [statement: string, says: string][] = [
  ['ALTER TABLE auth_user DROP COLUMN first_name', 'auth_user: column first_name is missing'],
  [
    'ALTER TABLE auth_group ADD COLUMN colour varchar(9)',
    "auth_group: column colour is not one of Django's",
  ],
  [
    'CREATE UNIQUE INDEX one_each ON auth_user (email)',
    "auth_user: unique (email) is not one of Django's",
  ],
  ['DROP TABLE django_admin_log', 'django_admin_log: the table is missing'],
];

const POSTGRESQL_BREAKS: typeof BREAKS = [
  [
    'ALTER TABLE auth_user ALTER username TYPE varchar(30)',
    'auth_user: column username is character varying(30) not null, not character varying(150) not null',
  ],
  [
    'ALTER TABLE auth_user ALTER last_login SET NOT NULL',
    'auth_user: column last_login is timestamp with time zone not null, not timestamp with time zone null',
  ],
  [
    'ALTER TABLE auth_user_groups DROP CONSTRAINT auth_user_groups_group_id_97559544_fk_auth_group_id',
    'auth_user_groups: foreign key (group_id) is missing',
  ],
];

describeWithDjango('one database for both', () => {
  let django: Django;
  let tearDown: () => Promise<void>;

  beforeEach(async () => {
    tearDown = await emptyDatabase();
    django = new Django(djangosCosts);
  });

  afterEach(async () => {
    await django?.stop();
    await tearDown?.();
  });

  it('that Django made is adopted, with every row as it was', async () => {
    await django.ask('migrate');
    await django.ask('create_user', { username: 'joe', email: 'joe@b.com', password: PASSWORD });
    await makeWorld({
      contentTypes: [{ appLabel: 'shop', model: 'cart', codenames: ['close'] }],
      groups: [{ name: 'Sellers', permissions: ['shop.cart.close', 'auth.user.add_user'] }],
      users: [],
    });
    await django.ask('set_member', { username: 'joe', group: 'Sellers', member: true });
    const before = await django.ask<Rows>('rows');
    const { out } = await run(command, []);
    expect(out[0]).toBe("Adopted Django's tables: 0001_django is marked as applied.");
    expect(out).toContain('Added content type articles.article.');
    const after = await django.ask<Rows>('rows');
    for (const [table, rows] of Object.entries(before)) {
      compareAll(rows, (after[table] ?? []).slice(0, rows.length), rows);
    }
    const joe = await users.getByNaturalKey('joe');
    expect(await joe?.getAllPermissions()).toEqual(new Set(['shop.close', 'auth.add_user']));
    await overrideSettings(ourCosts, async () => {
      expect(await authenticate(null, { username: 'joe', password: PASSWORD })).not.toBeNull();
    });
    expect(await django.ask('migrate')).toContain('No migrations to apply.');
    expect((await run(command, [])).out).toEqual(['No migrations to apply.']);
  });

  it('that Django made and somebody changed is refused, with a list, and left alone', async () => {
    await django.ask('migrate');
    expect(await differencesFromDjango()).toEqual([]);
    const breaks = testDatabase === 'sqlite' ? BREAKS : [...BREAKS, ...POSTGRESQL_BREAKS];
    for (const [statement] of breaks) await django.ask('execute', { statement });
    const refusal = run(command, []);
    for (const [, says] of breaks) await expect(refusal).rejects.toThrow(says);
    expect((await differencesFromDjango()).toSorted()).toEqual(
      breaks.map(([, says]) => says).sort(),
    );
    await expect(db.$queryRaw`SELECT 1 FROM _prisma_migrations`).rejects.toThrow();
    await expect(db.$queryRaw`SELECT 1 FROM auth_session`).rejects.toThrow();
    count(breaks.length);
  });

  it('that we made is taken over by Django, which finds nothing to change', async () => {
    await run(command, []);
    const before = await django.ask<Rows>('rows');
    for (const app of ['contenttypes', 'auth', 'admin']) {
      await django.ask('migrate', { arguments: [app, '--fake'] });
    }
    const output = await django.ask<string>('migrate');
    expect(output).toContain('Applying sessions.0001_initial... OK');
    expect(await django.ask('pending_migrations')).toBe('');
    const after = await django.ask<Rows>('rows');
    for (const [table, rows] of Object.entries(before)) compareAll(rows, after[table] ?? [], rows);
    const differences = await differencesFromDjango();
    expect(differences.filter((difference) => !/would make it$/.test(difference))).toEqual([]);
    await overrideSettings(ourCosts, async () => {
      await django.ask('create_user', { username: 'eve', email: '', password: PASSWORD });
      expect(await authenticate(null, { username: 'eve', password: PASSWORD })).not.toBeNull();
    });
  });

  it('has users that Django may delete, with sessions and articles of ours', async () => {
    await run(command, []);
    await django.ask('create_user', { username: 'joe', email: '', password: PASSWORD });
    const joe = await users.getByNaturalKey('joe');
    const userId = joe?.id ?? 0;
    const now = new Date();
    const article = { title: 'On', body: 'x', isPublished: true, created: now, modified: now };
    const { id } = await db.article.create({ data: { ...article, authorId: userId } });
    const times = { created: now, lastSeen: now, expireDate: now };
    const client = { ipAddress: '192.0.2.1', userAgent: 'Tester' };
    await db.session.create({
      data: { sessionKey: 'a'.repeat(64), userId, sessionData: '{}', ...times, ...client },
    });
    await django.ask('delete_user', { username: 'joe' });
    expect(await db.user.count()).toBe(0);
    expect(await db.article.findUnique({ where: { id } })).toMatchObject({ authorId: null });
  });

  it('has users that we may delete, whatever Django keeps of them', async () => {
    await django.ask('migrate');
    await run(command, []);
    await django.ask('create_user', { username: 'joe', email: '', password: PASSWORD });
    await django.ask('log_and_sign_in', { username: 'joe' });
    const joe = await users.getByNaturalKey('joe');
    expect(await joe?.delete()).toBe(true);
    expect(await django.ask('state')).toMatchObject({ users: [] });
  });
});

describeWithDjango('the passwords of a database that Django made', () => {
  it('are told when it is adopted, with what to set while Django goes on serving them', async () => {
    const tearDown = await emptyDatabase();
    const django = new Django({}, 'PBKDF2PasswordHasher');
    await django.ask('migrate');
    await django.ask('create_user', { username: 'joe', email: '', password: PASSWORD });
    await django.ask('create_users', { usernames: ['unusable'] });
    const { out } = await run(command, []);
    const text = out.join('\n');
    expect(text).toMatch(/^Its passwords: 1 × pbkdf2_sha256 \(\d{6,}\)\.$/m);
    expect(text).toContain("so nobody's session at Django ends (PASSWORD_UPGRADE).");
    expect(text).toMatch(/^ {4}PASSWORD_HASHERS: \['pbkdf2_sha256', 'bcrypt_sha256', /m);
    expect(text).toMatch(/^ {4}PBKDF2_ITERATIONS: [\d_]{7,},$/m);
    expect(text).toMatch(/^ {4}PASSWORD_UPGRADE: 'weaker only',$/m);
    expect((await checkStoredHashes()).map(({ id }) => id)).toEqual(['auth.W108']);
    await overrideSettings({ PASSWORD_HASHERS: ['pbkdf2_sha256', 'bcrypt_sha256'] }, async () => {
      expect(await checkStoredHashes()).toEqual([]);
    });
    expect((await run(command, [])).out.join('\n')).not.toContain('Its passwords');
    await django.stop();
    await tearDown();
  });
});

describeWithDjango('content types and permissions', () => {
  it('are made the same by both', async () => {
    const tearDownOurs = await emptyDatabase();
    const beside = new Django();
    await run(command, []);
    const ours = await beside.ask<string[][]>('permission_rows');
    await beside.stop();
    await tearDownOurs();

    const tearDown = await emptyDatabase();
    const django = new Django();
    await django.ask('migrate');
    const theirs = await django.ask<string[][]>('permission_rows');
    await django.stop();
    expect((await permissionIds()).size).toBe(theirs.length);
    await tearDown();

    // Django has none of what stands under other labels.
    const djangos = new Set(theirs.map(([app]) => app));
    const shared = ours.filter(([app]) => djangos.has(app));
    expect(theirs.length).toBe(24);
    compareAll(theirs, shared, theirs);
  });
});
