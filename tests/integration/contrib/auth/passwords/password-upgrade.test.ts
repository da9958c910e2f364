import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import type { PasswordHasher } from '@/lib/contrib/auth/hashers/hasher';
import { ServiceUnavailable } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { reload } from '@/tests/support/auth/grants';
import { counting, makeUser, PASSWORD, signIn } from '@/tests/support/auth/sign-in';
import { freshDatabase } from '@/tests/support/database';

const hasher = countingHasher();

beforeAll(() => registerHasher(hasher));
beforeAll(freshDatabase);

describe('the upgrade of a password at sign-in', () => {
  const OLD = 'counting$0$correct horse';

  it('stores a right password anew, and nothing else of the row', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { password: OLD, firstName: 'Changed' } });
    const found = await signIn({ username: user.username, password: PASSWORD });
    const fresh = await reload(user);
    expect(fresh.encodedPassword()).toBe('counting$1$correct horse');
    expect(fresh.firstName).toBe('Changed');
    expect(found?.getSessionAuthHash()).toBe(fresh.getSessionAuthHash());
  });

  it('waits for another sign-in when too many passwords are being computed', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { password: OLD } });
    const busy = () => Promise.reject(new ServiceUnavailable(1));
    const putBack = registerHasher({ ...hasher, encode: busy });
    const found = await signIn({ username: user.username, password: PASSWORD });
    putBack();
    expect(found?.id).toBe(user.id);
    expect((await reload(user)).encodedPassword()).toBe(OLD);
  });

  it('leaves it alone after a wrong one', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { password: OLD } });
    await signIn({ username: user.username, password: 'wrong' });
    expect((await reload(user)).encodedPassword()).toBe(OLD);
  });

  it('does not undo a change of password that came between', async () => {
    const user = await makeUser();
    await db.user.update({ where: { id: user.id }, data: { password: OLD } });
    const stale = await reload(user);
    await db.user.update({ where: { id: user.id }, data: { password: 'counting$1$new one' } });
    await overrideSettings(counting, () => stale.checkPassword(PASSWORD));
    expect((await reload(user)).encodedPassword()).toBe('counting$1$new one');
    expect(stale.encodedPassword()).toBe(OLD);
  });

  it('leaves both of two sign-ins at once with a session that counts', async () => {
    let encodings = 0;
    const salted: PasswordHasher = {
      ...hasher,
      algorithm: 'salted',
      accepts: (encoded) => encoded.startsWith('salted$'),
      async encode(password) {
        encodings += 1;
        return `salted$${encodings}$${password}`;
      },
      verify: async (password, encoded) => encoded.split('$')[2] === password,
      mustUpdate: (encoded) => encoded.startsWith('salted$0$'),
    };
    onTestFinished(registerHasher(salted));
    const user = await makeUser();
    const data = { password: `salted$0$${PASSWORD}` };
    await db.user.update({ where: { id: user.id }, data });
    const [first, second] = [await reload(user), await reload(user)];
    await overrideSettings({ PASSWORD_HASHERS: ['salted'] }, async () => {
      expect(await first.checkPassword(PASSWORD)).toBe(true);
      expect(await second.checkPassword(PASSWORD)).toBe(true);
    });
    const stored = (await reload(user)).encodedPassword();
    expect(stored).toBe(`salted$1$${PASSWORD}`);
    expect([first.encodedPassword(), second.encodedPassword()]).toEqual([stored, stored]);
  });
});
