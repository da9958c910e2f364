import { db } from '@/lib/db/client';
import { textOf } from '../../support/admin-script/page-forms';
import { postForm } from '../../support/attack/raw-form';
import type { Visitor } from '../../support/e2e/visitor';
import { expect, test, visitorOf } from '../fixtures';

const SIGN_IN = '/accounts/login/?next=/dashboard/';

/** Where the dashboard leads whoever may not see it; null if it is shown. */
async function leadsTo(browser: Visitor): Promise<string | null> {
  return (await browser.get('/dashboard/')).headers.location ?? null;
}

test.describe('at the next request', { tag: '@no-javascript-only' }, () => {
  test('a deactivated user is a stranger, and stays one when active again', async ({
    server,
    createUser,
  }) => {
    const { user, username, password } = await createUser();
    const browser = await visitorOf(server.url, user);
    expect((await browser.get('/dashboard/')).body).toContain(username);
    await db.user.update({ where: { id: user.id }, data: { isActive: false } });
    expect(await leadsTo(browser)).toBe(SIGN_IN);
    await db.user.update({ where: { id: user.id }, data: { isActive: true } });
    expect(await leadsTo(browser)).toBe(SIGN_IN);
    const typed = { username, password };
    const origin = { origin: server.url };
    const signedIn = await postForm(`${server.url}${SIGN_IN}`, 'Sign in', typed, origin);
    expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/dashboard/']);
  });

  test('a user whose group is taken away feels it', async ({ server, createUser }) => {
    const name = `Readers ${crypto.randomUUID()}`;
    const { user } = await createUser({ groups: [name] });
    const group = await db.group.findUniqueOrThrow({ where: { name } });
    const permission = await db.permission.findFirstOrThrow({
      where: { codename: 'view_article' },
    });
    await db.groupPermission.create({ data: { groupId: group.id, permissionId: permission.id } });
    const browser = await visitorOf(server.url, user);
    expect((await browser.get('/dashboard/articles/')).status).toBe(200);
    await db.userGroup.deleteMany({ where: { userId: user.id } });
    const refused = await browser.get('/dashboard/articles/');
    expect(refused.status).toBe(403);
    expect(textOf(refused.body)).toContain('articles.view_article');
    // Other tests make groups with the same permission meanwhile.
    expect(textOf(refused.body)).toMatch(
      /(One group|\d+ groups) that you may not view holds? it\./,
    );
    expect(refused.body).not.toContain(name);
  });

  test('a changed password has ended the session', async ({ server, createUser }) => {
    const { user } = await createUser();
    const browser = await visitorOf(server.url, user);
    expect(await leadsTo(browser)).toBeNull();
    await user.setPassword('another password altogether');
    await user.save(['password']);
    expect(await leadsTo(browser)).toBe(SIGN_IN);
    expect(await db.session.count({ where: { userId: user.id } })).toBe(0);
  });

  test('a deleted user is a stranger, not an error', async ({ server, createUser }) => {
    const { user } = await createUser();
    const browser = await visitorOf(server.url, user);
    await db.user.delete({ where: { id: user.id } });
    expect(await leadsTo(browser)).toBe(SIGN_IN);
  });
});
