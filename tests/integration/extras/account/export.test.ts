import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as download } from '@/app/(account)/accounts/export/download/route';
import { listAction } from '@/app/(admin)/admin/[app]/[model]/actions';
import { settings } from '@/lib/conf/settings';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { IMPERSONATOR_KEY } from '@/lib/contrib/sessions/row';
import { sha256Hex } from '@/lib/core/crypto';
import { db } from '@/lib/db/client';
import { keepRows, neverTold, tablesOfPeople } from '@/tests/support/account/kept-rows';
import { site, toldBy } from '@/tests/support/account/visitor';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { browserOf } from '@/tests/support/server-call';

const UNTOLD = {
  auth_access_request: 'told by the name of its permission, without which there is none',
  auth_access_review_holder: 'told by what was confirmed',
  auth_account_deletion: 'whoever asked for it is not let in any more',
  auth_import_preview: 'holds a file that they sent themselves, for an hour',
  auth_oidc_session: 'is what a session ends at its provider by; the session is told',
  auth_passkey_handle: 'is by what a passkey finds its account',
  auth_user_groups: 'told by the names of the groups',
  auth_user_user_permissions: 'told by the names of the permissions',
};

let here: Awaited<ReturnType<typeof site>>;
let ada: User;
let made = 0;

beforeAll(freshDatabase);
beforeAll(async () => {
  here = await site({});
});
afterAll(() => here.remove());
beforeEach(async () => {
  vi.useRealTimers();
  made += 1;
  const username = `ada${made}`;
  ada = await users.createUser({ username, email: `${username}@example.com`, password: null });
});

describe('the export of one’s data', () => {
  it('holds what every app keeps of a person, and nothing of another', async () => {
    const mallory = await users.createSuperuser({
      username: 'mallory-the-other',
      email: 'mallory@elsewhere.test',
    });
    const title = 'A piece by Ada';
    const stamp = { isPublished: true, created: new Date(), modified: new Date(), body: 'x' };
    await db.article.create({ data: { ...stamp, title, authorId: ada.id } });
    await db.article.create({ data: { ...stamp, title: 'By Mallory', authorId: mallory.id } });
    await grant(ada, 'articles.view_article');
    const group = await makeGroup('Readers');
    await joinGroup(ada, group);
    await logSecurityEvent({
      name: 'authz_fail',
      actor: Object.assign(await reload(ada), { impersonator: mallory }),
      request: { ipAddress: '198.51.100.98' },
    });
    // The address and the browser of a session in which somebody acts as them are somebody else's.
    const now = new Date();
    await db.session.create({
      data: {
        sessionKey: sha256Hex('of mallory'),
        userId: ada.id,
        sessionData: JSON.stringify({ [IMPERSONATOR_KEY]: {} }),
        created: now,
        lastSeen: now,
        expireDate: now,
        ipAddress: '198.51.100.97',
        userAgent: 'elsewhere',
      },
    });
    const root = here.visitor(await browserOf(mallory), '198.51.100.99');
    const sent = { _model: 'auth.user', _query: '', action: 'send_set_password_link' };
    await root.send(listAction, { ...sent, _selected_action: String(ada.id) });
    const answer = await here.visitor(await browserOf(ada)).open(download, {}, 'POST');
    const text = await (answer.value as Response).text();
    const apps = JSON.parse(text);
    expect(apps.articles.articles).toMatchObject([{ title }]);
    expect(apps.auth).toMatchObject({
      account: { username: ada.username, email: ada.email },
      groups: ['Readers'],
      permissions: ['articles.view_article'],
    });
    expect(apps.sessions.sessions).toHaveLength(1);
    expect(apps['security-log'].events).toMatchObject([
      { event: 'authz_fail', by: 'somebody else', as: 'you', to: 'you' },
      { event: 'authn_token_created', by: 'somebody else', to: 'you' },
      { event: 'authn_login_success', by: 'you', ipAddress: expect.any(String) },
      { event: 'sensitive_read', by: 'you', to: 'you' },
    ]);
    for (const other of ['mallory', 'Mallory', '198.51.100.9', ada.encodedPassword()]) {
      expect(text).not.toContain(other);
    }
  });

  it('tells the rows of each table of people but those named, and no hash, key or secret', async () => {
    const hash = sha256Hex('a session');
    const marks = await keepRows(ada.id, {
      auth_session: { sessionKey: hash, sessionData: '{}' },
      auth_timed_grant: { permissionId: '1' },
      auth_security_log: { detail: JSON.stringify({ began: hash, ended: hash, reason: 'asked' }) },
    });
    const mine = here.visitor(await browserOf(ada));
    const text = await ((await mine.open(download, {}, 'POST')).value as Response).text();
    const exported = JSON.parse(text);
    const isTold = (table: string) => marks[table]?.some((mark) => text.includes(mark));
    const tables = tablesOfPeople().map(({ table }) => table);
    const untold = tables.filter((table) => Object.hasOwn(UNTOLD, table));
    expect(tables.filter((table) => !isTold(table)).sort()).toEqual(untold.sort());
    const secrets = [hash, ...(await neverTold())];
    expect(secrets.length).toBeGreaterThan(10);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(exported['security-log'].events[0].detail).toBe('{"reason":"asked"}');
  });

  it('is given to nobody who signed in a while ago, nor to strangers', async () => {
    const mine = here.visitor(await browserOf(ada));
    const now = Date.now() + Number(settings.STEP_UP_AGE) * 1000;
    vi.useFakeTimers({ toFake: ['Date'], now });
    expect(await mine.open(download, {}, 'POST')).toMatchObject({
      status: 303,
      location: '/accounts/export/',
    });
    expect((await here.visitor().open(download, {}, 'POST')).status).toBe(302);
    expect(toldBy(await mine.open(download, {}, 'POST'))).toBe('');
  });
});
