import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { command as createsuperuser } from '@/lib/contrib/auth/management/commands/createsuperuser';
import { getDefaultUsername } from '@/lib/contrib/auth/management/default-username';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

beforeAll(freshDatabase);

const GOOD = 'correct horse';
const BYPASS = 'Use this password all the same and create the user? [y/N]: ';

const SUPERUSER_VARIABLES = ['USERNAME', 'EMAIL', 'PASSWORD'].map(
  (name) => `DJANGO_SUPERUSER_${name}`,
);

afterEach(() => {
  for (const name of SUPERUSER_VARIABLES) delete process.env[name];
});

describe('createsuperuser --noinput', () => {
  const silent = (...args: string[]) => run(createsuperuser, ['--noinput', ...args]);

  it.each([
    ['no username', [], '--username'],
    ['no email address', ['--username', 'adm'], '--email'],
    ['a bad address', ['--username', 'adm', '--email', 'bad'], 'email'],
    ['a bad username', ['--username', 'bad name', '--email', ''], 'letters'],
    ['a blank username', ['--username', '', '--email', ''], 'blank'],
  ])('refuses %s', async (_what, args, named) => {
    const { status, err } = await silent(...args);
    expect(status).toBe(1);
    expect(err.join()).toContain(named);
    expect(await users.getByNaturalKey('adm')).toBeNull();
  });

  it('makes a superuser, with an unusable password if none is given', async () => {
    const { status, asked } = await silent('--username', 'ｒｏｏｔ１', '--email', '');
    expect([status, asked]).toEqual([0, []]);
    const user = await users.getByNaturalKey('root1');
    expect(user).toMatchObject({
      isStaff: true,
      isSuperuser: true,
      isActive: true,
      lastLogin: null,
    });
    expect(user?.hasUsablePassword()).toBe(false);
    const logged = await db.securityLogEntry.findMany({ where: { targetId: user?.id ?? 0 } });
    expect(logged).toMatchObject([{ event: 'user_created', targetUsername: 'root1' }]);
  });

  it('refuses a name that is taken, and lets another case pass', async () => {
    await users.createUser({ username: 'adm2' });
    const { status, err } = await silent('--username', 'adm2', '--email', '');
    expect([status, err.join()]).toEqual([1, 'That username is already taken.']);
    expect((await silent('--username', 'ADM2', '--email', '')).status).toBe(0);
  });

  it('takes the rest from the environment; options win', async () => {
    process.env['DJANGO_SUPERUSER_USERNAME'] = 'from-env';
    process.env['DJANGO_SUPERUSER_EMAIL'] = 'env@EXAMPLE.com';
    process.env['DJANGO_SUPERUSER_PASSWORD'] = ' 123 ';
    expect((await silent()).status).toBe(0);
    const user = await users.getByNaturalKey('from-env');
    expect(user?.email).toBe('env@example.com');
    expect(await user?.checkPassword(' 123 ')).toBe(true);
    expect((await run(createsuperuser, ['--no-input', '--username', 'option'])).status).toBe(0);
    expect(await users.getByNaturalKey('option')).not.toBeNull();
  });

  it('gives no superuser the empty password', async () => {
    process.env['DJANGO_SUPERUSER_PASSWORD'] = '';
    await silent('--username', 'empty-password', '--email', '');
    expect((await users.getByNaturalKey('empty-password'))?.hasUsablePassword()).toBe(false);
  });

  it('prints no password', async () => {
    process.env['DJANGO_SUPERUSER_PASSWORD'] = 'correct horse';
    const { out, err } = await silent('--username', 'quiet', '--email', '');
    expect(`${out}${err}`).not.toContain('correct horse');
  });
});

describe('createsuperuser', () => {
  it('does nothing where there is nobody to ask', async () => {
    const before = await db.user.count();
    const { status, out } = await run(createsuperuser, ['--username', 'nobody-there']);
    expect(status).toBe(0);
    expect(out.join()).toContain('skipped');
    expect(await db.user.count()).toBe(before);
  });

  it('knows its options', async () => {
    expect((await run(createsuperuser, ['--unknown'])).status).toBe(2);
  });

  it('asks for name, address and twice for the password, which is hidden', async () => {
    const answers = ['asked', 'asked@example.com', ' correct horse ', ' correct horse '];
    const { status, asked } = await run(createsuperuser, [], answers);
    expect(status).toBe(0);
    expect(asked.slice(1)).toEqual([
      'Email address: ',
      'Password: (hidden)',
      'Password (again): (hidden)',
    ]);
    const user = await users.getByNaturalKey('asked');
    expect(user).toMatchObject({ email: 'asked@example.com', isSuperuser: true, isStaff: true });
    expect(await user?.checkPassword(' correct horse ')).toBe(true);
  });

  it('asks again until each answer will do, without a limit', async () => {
    await users.createUser({ username: 'again' });
    const { status, err, left } = await run(
      createsuperuser,
      ['--username', 'again', '--email', 'bad'],
      ['bad name', 'again', 'again2', 'still bad', '', 'a', 'b', '', '', ' ', ' ', GOOD, GOOD],
    );
    expect([status, left]).toEqual([0, []]);
    expect(err).toEqual([
      'Error: That username is already taken.',
      expect.stringContaining('letters'),
      'Error: That username is already taken.',
      'Error: This is not a valid email address.',
      'Error: This is not a valid email address.',
      'Error: The two passwords differ.',
      'Error: The password must not be blank.',
      'Error: The password must not be blank.',
    ]);
    expect(await (await users.getByNaturalKey('again2'))?.checkPassword(GOOD)).toBe(true);
  });

  it('asks nothing that the options say', async () => {
    const args = ['--username', 'given', '--email', 'given@example.com'];
    const { asked } = await run(createsuperuser, args, [GOOD, GOOD]);
    expect(asked).toEqual(['Password: (hidden)', 'Password (again): (hidden)']);
  });

  it('refuses a blank --username and makes nobody when cancelled', async () => {
    const before = await db.user.count();
    expect((await run(createsuperuser, ['--username', ''], ['x'])).status).toBe(1);
    const { status, err } = await run(createsuperuser, ['--username', 'cancelled'], ['']);
    expect([status, err]).toEqual([1, ['Operation cancelled.']]);
    expect(await db.user.count()).toBe(before);
  });

  it('says all that is wrong with a password, and takes it only after a yes', async () => {
    const args = ['--username', 'walrus', '--email', 'walrus@example.com'];
    const no = ['', 'n', 'yes', 'Y '].flatMap((answer) => ['walrus', 'walrus', answer]);
    const answers = [...no, '1234567', '1234567', 'Y', 'not asked'];
    const { status, err, asked, left } = await run(createsuperuser, args, answers);
    expect([status, left]).toEqual([0, ['not asked']]);
    expect(err.slice(0, 2)).toEqual([
      'This password is too similar to the username.',
      'This password is too short: it needs at least 8 characters.',
    ]);
    expect(asked.filter((label) => label === BYPASS)).toHaveLength(5);
    expect(await (await users.getByNaturalKey('walrus'))?.checkPassword('1234567')).toBe(true);
  });

  it('asks nothing about a password that will do, nor about one from the environment', async () => {
    const args = ['--username', 'seal', '--email', ''];
    expect((await run(createsuperuser, args, [GOOD, GOOD])).asked).not.toContain(BYPASS);
    process.env['DJANGO_SUPERUSER_PASSWORD'] = '123';
    const silent = ['--noinput', '--username', 'seal2', '--email', ''];
    expect((await run(createsuperuser, silent)).status).toBe(0);
    expect(await (await users.getByNaturalKey('seal2'))?.checkPassword('123')).toBe(true);
  });

  it("proposes the system's name for whoever runs it", async () => {
    const proposed = await getDefaultUsername();
    const { asked, status } = await run(createsuperuser, [], ['', '', GOOD, GOOD]);
    expect(asked[0]).toBe(`Username (leave blank to use '${proposed}'): `);
    expect(status).toBe(0);
    const next = await run(createsuperuser, [], ['', 'other-than-proposed', '', GOOD, GOOD]);
    expect(next.asked[0]).toBe('Username: ');
    expect(next.err).toEqual(['Error: The username must not be blank.']);
  });
});

describe('getDefaultUsername', () => {
  it.each([
    ['Jean-Luc', 'jean-luc'],
    ['José Martí', 'josemarti'],
    ['DOMAIN\\joe', ''],
    ['中文', ''],
    ['', ''],
  ])('makes of %j %j', async (systemUsername, expected) => {
    expect(await getDefaultUsername(systemUsername)).toBe(expected);
  });

  it('proposes no name that is taken', async () => {
    await users.createUser({ username: 'proposed' });
    expect(await getDefaultUsername('Proposed')).toBe('');
  });
});
