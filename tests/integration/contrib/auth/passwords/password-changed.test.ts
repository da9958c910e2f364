import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { registerPasswordValidator } from '@/lib/contrib/auth/password-validation';
import { users } from '@/lib/contrib/auth/users/managers';
import { freshDatabase } from '@/tests/support/database';

const told: [string, string | undefined][] = [];
let unregister = () => {};

beforeAll(() => {
  unregister = registerPasswordValidator('HistoryValidator', () => ({
    validate() {},
    getHelpText: () => '',
    passwordChanged: (password, { username }) => void told.push([password, username]),
  }));
  return freshDatabase();
});
afterAll(() => unregister());
beforeEach(() => {
  told.length = 0;
});

const watched = <T>(body: () => Promise<T>) =>
  overrideSettings({ AUTH_PASSWORD_VALIDATORS: [{ NAME: 'HistoryValidator' }] }, body);

describe('a validator that wants to know of new passwords', () => {
  it('is told once, when the password is stored', async () => {
    await watched(async () => {
      const user = await users.createUser({ username: 'told', password: 'first' });
      await user.setPassword('second');
      await user.save(['email']);
      expect(told).toEqual([]);
      await user.save(['password']);
      await user.save();
      expect(told).toEqual([['second', 'told']]);
    });
  });

  it('is told the last of several, and nothing of an unusable one', async () => {
    await watched(async () => {
      const user = await users.createUser({ username: 'told twice' });
      await user.setPassword('second');
      await user.setPassword('third');
      await user.save();
      await user.setPassword('fourth');
      await user.setUnusablePassword();
      await user.save();
      expect(told).toEqual([['third', 'told twice']]);
    });
  });

  it('is told nothing of an upgrade at sign-in', async () => {
    const user = await watched(() =>
      users.createUser({ username: 'upgraded', password: 'correct horse' }),
    );
    await watched(async () => {
      const upgraded = overrideSettings({ BCRYPT_ROUNDS: 5 }, () =>
        user.checkPassword('correct horse'),
      );
      expect(await upgraded).toBe(true);
      expect(user.encodedPassword()).toContain('$05$');
      await user.save();
    });
    expect(told).toEqual([]);
  });
});
