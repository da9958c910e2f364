import { beforeAll, describe, expect, it } from 'vitest';
import { getUser, login } from '@/lib/contrib/auth';
import { command as changepassword } from '@/lib/contrib/auth/management/commands/changepassword';
import { getSystemUsername } from '@/lib/contrib/auth/management/default-username';
import { AnonymousUser } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { Session } from '@/lib/contrib/sessions/session';
import { db } from '@/lib/db/client';
import { reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { run } from '@/tests/support/run-command';

beforeAll(freshDatabase);

const GOOD = 'correct horse';

describe('changepassword', () => {
  it('asks twice, hidden, and changes the password', async () => {
    const user = await users.createUser({ username: 'change', password: null });
    const { status, asked, out } = await run(changepassword, ['change'], [GOOD, GOOD]);
    expect(status).toBe(0);
    expect(asked).toEqual(['Password: (hidden)', 'Password (again): (hidden)']);
    expect(out.join()).not.toContain(GOOD);
    expect(await (await reload(user)).checkPassword(GOOD)).toBe(true);
    const [entry, ...rest] = await db.securityLogEntry.findMany({ where: { targetId: user.id } });
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ event: 'authn_password_change', actorId: null });
    expect(entry?.detail).toBe('{"proof":"command"}');
  });

  it('ends the sessions of the user, and only theirs', async () => {
    const [user, other] = [
      await users.createUser({ username: 'change sessions' }),
      await users.createUser({ username: 'change other' }),
    ];
    const sessionOf = async (who: typeof user) => {
      const request = { session: new Session(), user: new AnonymousUser() };
      await login(request, who);
      return request.session;
    };
    const [session, untouched] = [await sessionOf(user), await sessionOf(other)];
    expect((await getUser(session)).isAuthenticated).toBe(true);
    await run(changepassword, ['change sessions'], [GOOD, GOOD]);
    expect((await getUser(session)).isAuthenticated).toBe(false);
    expect((await getUser(untouched)).isAuthenticated).toBe(true);
  });

  it('gives up after three mismatches and changes nothing', async () => {
    const user = await users.createUser({ username: 'change mismatch' });
    const answers = ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'a'];
    const { status, left } = await run(changepassword, ['change mismatch'], answers);
    expect([status, left]).toEqual([1, ['a', 'a']]);
    expect((await reload(user)).encodedPassword()).toBe(user.encodedPassword());
  });

  it('accepts the third try', async () => {
    await users.createUser({ username: 'change third' });
    const answers = ['a', 'b', 'a', 'b', GOOD, GOOD];
    expect((await run(changepassword, ['change third'], answers)).status).toBe(0);
  });

  it('gives up after three passwords that the validators refuse, whatever is answered', async () => {
    const user = await users.createUser({ username: 'change refused' });
    const answers = ['12345678', '12345678', 'a', 'b', 'Change Refused', 'Change Refused', 'y'];
    const { status, err, left } = await run(changepassword, ['change refused'], answers);
    expect([status, left]).toEqual([1, ['y']]);
    expect(err).toEqual([
      'This password is too common: it is among those that are tried first.',
      'This password is made of digits only.',
      'The two passwords differ.',
      'This password is too similar to the username.',
      "The password of 'change refused' stays: 3 tries failed.",
    ]);
    expect((await reload(user)).encodedPassword()).toBe(user.encodedPassword());
  });

  it.each([
    ['a blank answer', ['change blank'], [''], 'Aborted.'],
    ['an unknown user', ['change nobody'], ['a', 'a'], "There is no user 'change nobody'."],
    ['Ctrl-C', ['change blank'], ['a'], 'Operation cancelled.'],
  ])('changes nothing after %s', async (_what, args, answers, message) => {
    const known =
      (await users.getByNaturalKey('change blank')) ??
      (await users.createUser({ username: 'change blank' }));
    const { status, err } = await run(changepassword, args, answers);
    expect([status, err]).toEqual([1, [message]]);
    expect((await reload(known)).encodedPassword()).toBe(known.encodedPassword());
  });

  it('takes whoever runs it without an argument, and refuses two', async () => {
    const username = getSystemUsername();
    if (!(await users.getByNaturalKey(username))) await users.createUser({ username });
    expect((await run(changepassword, [], [GOOD, GOOD])).status).toBe(0);
    expect(await (await users.getByNaturalKey(username))?.checkPassword(GOOD)).toBe(true);
    expect((await run(changepassword, ['a', 'b'], [])).status).toBe(2);
  });
});
