import { afterEach, beforeEach, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { authenticate, login } from '@/lib/contrib/auth';
import { users } from '@/lib/contrib/auth/users/managers';
import { command } from '@/lib/core/management/commands/migrate';
import { requestWith, save } from '@/tests/support/auth/sign-in';
import { emptyDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';
import { Django } from './django';
import { count, describeWithDjango } from './oracle';

const PASSWORD = 'correct horse 42';
const ADA = { username: 'ada', password: PASSWORD };

/** What the oldest Django that may stand beside us makes, at its own price. */
const oldest = { PBKDF2PasswordHasher: { iterations: 260_000 } };

describeWithDjango('somebody who is signed in to both applications', () => {
  let django: Django;
  let tearDown: () => Promise<void>;

  beforeEach(async () => {
    tearDown = await emptyDatabase();
    // As every Django project has it, and many have no library for bcrypt.
    django = new Django(oldest, 'PBKDF2PasswordHasher');
    await django.ask('migrate');
    await django.ask('create_user', { ...ADA, email: '' });
    await run(command, []);
  });

  afterEach(async () => {
    await django?.stop();
    await tearDown?.();
  });

  it('stays so when they sign in at either by turns, with the settings as they are', async () => {
    const before = await stored();
    expect(await signInByTurns(2)).toEqual(['both', 'both', 'both', 'both']);
    expect(await stored()).toBe(before);
  });

  it('loses one at each turn where every hash is replaced, as both did once', async () => {
    const policy = {
      PASSWORD_UPGRADE: 'always',
      PBKDF2_ITERATIONS: 1000,
      BCRYPT_ROUNDS: 4,
    } as const;
    const turns = await overrideSettings(policy, () => signInByTurns(2));
    expect(turns).toEqual(['only this', 'only this', 'only this', 'only this']);
  });

  it('stays so after a new password was set here, which Django reads without bcrypt', async () => {
    await overrideSettings({ PBKDF2_ITERATIONS: 260_000 }, async () => {
      const ada = await users.getByNaturalKey('ada');
      await ada?.setPassword(PASSWORD);
      await ada?.save(['password']);
      expect(await stored()).toMatch(/^pbkdf2_sha256\$260000\$/);
      expect(await signInByTurns(2)).toEqual(['both', 'both', 'both', 'both']);
    });
  });

  it('stays so once a hash that was too weak has been replaced', async () => {
    const weak = new Django(
      { PBKDF2PasswordHasher: { iterations: 36_000 } },
      'PBKDF2PasswordHasher',
    );
    await weak.ask('set_password', ADA);
    await weak.stop();
    await overrideSettings({ PBKDF2_ITERATIONS: 300_000 }, async () => {
      expect(await authenticate(null, ADA)).not.toBeNull();
      expect(await stored()).toMatch(/^pbkdf2_sha256\$300000\$/);
      expect(await signInByTurns(2)).toEqual(['both', 'both', 'both', 'both']);
    });
  });

  it('stays so on a database that was made here, once Django stands beside it', async () => {
    await django.stop();
    await tearDown();
    tearDown = await emptyDatabase();
    await run(command, []);
    const policy = { BCRYPT_ROUNDS: 4 };
    await overrideSettings(policy, () => users.createUser(ADA));
    django = new Django(oldest, 'PBKDF2PasswordHasher');
    for (const app of ['contenttypes', 'auth', 'admin']) {
      await django.ask('migrate', { arguments: ['--fake', app] });
    }
    await django.ask('migrate');
    const turns = await overrideSettings(policy, () => signInByTurns(2));
    expect(turns).toEqual(['both', 'both', 'both', 'both']);
  });

  /** Sign in there, here, there, here, and tell after each which of the last two sessions live. */
  async function signInByTurns(times: number): Promise<string[]> {
    const turns: string[] = [];
    let theirs = await django.ask<string>('begin_session', ADA);
    let ours = await signInHere();
    for (let turn = 0; turn < times; turn += 1) {
      turns.push(await livingSessions('here'));
      theirs = await django.ask('begin_session', ADA);
      turns.push(await livingSessions('there'));
      ours = await signInHere();
    }
    return turns;

    async function livingSessions(last: 'here' | 'there'): Promise<string> {
      const isHere = (await requestWith(ours)).user.isAuthenticated;
      const isThere = await django.ask<boolean>('is_signed_in', { session: theirs });
      count(1);
      if (isHere && isThere) return 'both';
      return (last === 'here') === isHere ? 'only this' : 'only the other';
    }
  }
});

async function signInHere() {
  const request = await requestWith();
  const user = await authenticate(null, ADA);
  if (!user) throw new Error('Nobody was let in.');
  await login(request, user);
  return save(request);
}

async function stored(): Promise<string> {
  return (await users.getByNaturalKey('ada'))?.encodedPassword() ?? '';
}
