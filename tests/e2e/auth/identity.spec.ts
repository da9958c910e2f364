import type { User } from '@/lib/contrib/auth/models';
import { sessionCookieName } from '@/lib/contrib/sessions/cookie';
import { db } from '@/lib/db/client';
import { formsIn, mainOf } from '../../support/admin-script/page-forms';
import { filled } from '../../support/admin-script/plain-browser';
import { ageSessions } from '../../support/e2e/age-sessions';
import { Visitor, withFields } from '../../support/e2e/visitor';
import { createUser, expect, sealedSession, test } from '../fixtures';

/** Somebody whose session is three hours old. */
async function longSignedIn(origin: string, user: User): Promise<Visitor> {
  const visitor = new Visitor(origin, `${sessionCookieName(false)}=${await sealedSession(user)}`);
  await ageSessions(user, 180);
  return visitor;
}

test.describe('@no-javascript-only', () => {
  test("one's own password in the admin leads to the page that asks for the old one", async ({
    server,
  }) => {
    for (const rights of [{ permissions: ['auth.change_user' as const] }, { isSuperuser: true }]) {
      const { user } = await createUser({ isStaff: true, ...rights });
      const { user: other } = await createUser();
      const visitor = await longSignedIn(server.url, user);
      const path = `/admin/auth/user/${user.id}/password/`;
      const shown = await visitor.get(path);
      expect([shown.status, shown.headers.location]).toEqual([307, '/accounts/password_change/']);
      const change = `/admin/auth/user/${user.id}/change/`;
      expect((await visitor.get(change)).body).not.toContain(path);

      const others = `/admin/auth/user/${other.id}/password/`;
      const passwords = { password1: 'Correct-horse-2', password2: 'Correct-horse-2' };
      const typed = { ...passwords, _id: String(user.id), 'set-password': 'set' };
      const form = await visitor.form(others, 'password1');
      const sent = await visitor.post(path, withFields(form, typed));
      expect([sent.status, sent.headers.location]).toEqual([303, '/accounts/password_change/']);
      const where = { id: user.id, password: user.encodedPassword() };
      expect(await db.user.count({ where })).toBe(1);
    }
  });

  test('an old sign-in needs the password for an address, and both addresses are told', async ({
    server,
    mailbox,
  }) => {
    const old = `${crypto.randomUUID()}@x.test`;
    const { user, password } = await createUser({ isStaff: true, isSuperuser: true, email: old });
    const visitor = await longSignedIn(server.url, user);
    const path = `/admin/auth/user/${user.id}/change/`;
    const email = `thief-${crypto.randomUUID()}@x.test`;
    const fields = withFields(await visitor.form(path, '_id'), { email });
    const refused = await visitor.post(path, fields);
    expect(refused.status).toBe(200);
    expect(refused.body).toContain('You signed in a while ago');
    expect(refused.body).toContain(`value="${email}"`);
    expect(await db.user.count({ where: { id: user.id, email: old } })).toBe(1);

    const confirmed = withFields(fields, { confirm_password: password });
    expect((await visitor.post(path, confirmed)).status).toBe(303);
    for (const address of [old, email]) {
      const { headers, text } = await mailbox.nextMailTo(address);
      expect(headers['subject']).toBe('The email address of your Gatehouse account was changed');
      expect(text).not.toContain(email);
    }
  });

  test('an old sign-in needs the password to wake people in the list, and not to put them to sleep', async ({
    server,
  }) => {
    const { user, password } = await createUser({ isStaff: true, isSuperuser: true });
    const visitor = await longSignedIn(server.url, user);
    const { user: sleeper } = await createUser();
    await sealedSession(sleeper);
    const isAwake = () => db.user.count({ where: { id: sleeper.id, isActive: true } });
    const list = '/admin/auth/user/';
    const fields = await visitor.form(list, '_query');
    const ticked = { _selected_action: String(sleeper.id) };
    const slept = await visitor.postRead(
      list,
      withFields(fields, { ...ticked, action: 'deactivate' }),
    );
    expect(slept.status).toBe(303);
    expect([await isAwake(), await db.session.count({ where: { userId: sleeper.id } })]).toEqual([
      0, 0,
    ]);

    const asked = await visitor.post(list, withFields(fields, { ...ticked, action: 'activate' }));
    expect([asked.status, await isAwake()]).toEqual([200, 0]);
    const form = formsIn(mainOf(asked.body)).find(({ method }) => method === 'post');
    if (!form) throw new Error('There is no form for the password.');
    const wrong = await visitor.post(list, filled(form, { confirm_password: 'a guess' }));
    expect([wrong.status, await isAwake()]).toEqual([200, 0]);
    expect(wrong.body).toContain('This is not your current password.');
    expect(wrong.body).not.toContain('a guess');
    const right = await visitor.post(list, filled(form, { confirm_password: password }));
    expect([right.status, await isAwake()]).toEqual([303, 1]);
  });

  test('tries at the own password from one session leave those of another', async ({ server }) => {
    const { user, password } = await createUser();
    const [thief, owner] = [
      await longSignedIn(server.url, user),
      await longSignedIn(server.url, user),
    ];
    const path = '/accounts/password_change/';
    const typed = { new_password1: 'Correct-horse-2', new_password2: 'Correct-horse-2' };
    const fields = withFields(await thief.form(path, 'old_password'), typed);
    const statuses: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const guess = withFields(fields, { old_password: `guess ${tries}` });
      statuses.push((await thief.post(path, guess)).status);
    }
    expect(statuses).toContain(429);
    const own = withFields(fields, { old_password: password });
    expect((await owner.post(path, own)).status).toBe(303);
  });
});
