import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET as list, POST as write } from '@/app/(articles)/api/articles/route';
import { GET as palette } from '@/app/(palette)/admin/palette/route';
import { GET as me } from '@/app/(tokens)/api/me/route';
import { GET as check } from '@/app/(tokens)/api/token/check/route';
import { checkInstalledApps } from '@/lib/apps/checks';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { guardsOf } from '@/lib/contrib/auth/decorators';
import type { User } from '@/lib/contrib/auth/models';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { makeTokenText } from '@/lib/extras/tokens/token-text';
import { grant, joinGroup, makeGroup, reload } from '@/tests/support/auth/grants';
import { freshDatabase } from '@/tests/support/database';
import { answerOf } from '@/tests/support/plain-source';
import { browserOf } from '@/tests/support/server-call';
import { statementsOf } from '@/tests/support/statements';
import { ask } from './support';
import { bearer, tokenRow } from './token-rows';

beforeAll(freshDatabase);

let ada: User;
let made = 0;

beforeEach(async () => {
  made += 1;
  ada = await users.createUser({ username: `ada${made}`, isStaff: true });
  await grant(ada, 'articles.view_article');
  await grant(ada, 'articles.add_article');
});

const reader = () => tokenRow(ada, ['articles.view_article']);
const INVALID = 'Bearer realm="gatehouse", error="invalid_token"';

describe('a token', () => {
  it('lets its owner in, in one statement, without a session, a cookie or a copy in a cache', async () => {
    const { text } = await reader();
    await ask(me, { headers: bearer(text) });
    const sessions = await db.session.count();
    const { loginRequired } = guardsOf(null);
    const plain = loginRequired.handler(async ({ user }) => new Response(user.getUsername()));
    let answer: Awaited<ReturnType<typeof ask>> | undefined;
    const statements = await statementsOf(async () => {
      answer = await ask(plain, { headers: bearer(text) });
    });
    expect(answer).toMatchObject({ status: 200, body: ada.username });
    expect(statements).toHaveLength(1);
    expect(answer?.headers.get('cache-control')).toBe('no-store');
    expect([...(answer?.cookies.keys() ?? [])]).toEqual([]);
    expect(await db.session.count()).toBe(sessions);
  });

  it('is worth what it carries of what its owner holds, in every list too', async () => {
    const { text } = await reader();
    const { body } = await ask(me, { headers: bearer(text) });
    expect(body).toMatchObject({ permissions: ['articles.view_article'] });
    expect((await ask(list, { headers: bearer(text) })).status).toBe(200);
    const refused = await ask(write, {
      method: 'POST',
      path: '/api/articles/',
      headers: bearer(text),
      json: { title: 'a', body: 'b' },
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer realm="gatehouse", error="insufficient_scope", scope="articles.add_article"',
    );
    expect(refused.body).toMatchObject({
      status: 403,
      instance: '/api/articles/',
      missing: ['articles.add_article'],
    });
    const event = await db.securityLogEntry.findFirst({
      where: { actorId: ada.id, event: 'authz_fail' },
      orderBy: { id: 'desc' },
    });
    expect(JSON.parse(event?.detail ?? '')).toMatchObject({ token: text.slice(0, 10) });
  });

  it("loses what its owner's group loses, at the next request", async () => {
    const group = await makeGroup(`group${made}`, ['articles.publish_article']);
    await joinGroup(ada, group);
    const { text } = await tokenRow(ada, ['articles.publish_article']);
    const { permissionRequired } = guardsOf(null);
    const guarded = permissionRequired('articles.publish_article').handler(
      async () => new Response(),
    );
    expect((await ask(guarded, { headers: bearer(text) })).status).toBe(200);
    await db.userGroup.deleteMany({ where: { userId: ada.id } });
    expect((await ask(guarded, { headers: bearer(text) })).status).toBe(403);
  });

  it("of a superuser carries no more than it says, and enters no screen of the staff's", async () => {
    const root = await users.createSuperuser({ username: `root${made}` });
    const { text } = await tokenRow(root, ['articles.view_article']);
    const { body } = await ask(me, { headers: bearer(text) });
    expect(body).toMatchObject({ permissions: ['articles.view_article'] });
    const { permissionRequired } = guardsOf(null);
    const guarded = permissionRequired('auth.view_user').handler(async () => new Response());
    expect((await ask(guarded, { headers: bearer(text) })).status).toBe(403);
    expect((await ask(palette, { path: '/admin/palette/', headers: bearer(text) })).status).toBe(
      403,
    );
    const full = await tokenRow(root, [], { isFull: true });
    expect((await ask(guarded, { headers: bearer(full.text) })).status).toBe(403);
    await overrideSettings({ TOKENS_ALLOW_FULL: true }, async () => {
      expect((await ask(guarded, { headers: bearer(full.text) })).status).toBe(200);
      const admin = await ask(palette, { path: '/admin/palette/', headers: bearer(full.text) });
      expect(admin.status).toBe(403);
    });
  });

  it('answers what it asks of apps by what it carries', async () => {
    const { text } = await reader();
    const { loginRequired } = guardsOf(null);
    const asked: unknown[] = [];
    const handler = loginRequired.handler(async (request) => {
      const { user } = request;
      asked.push(await user.hasModulePerms('articles'), await user.hasModulePerms('auth'));
      asked.push([...(await user.getAllPermissions())], [...(await user.getUserPermissions())]);
      asked.push(isSignInFresh(request));
      return new Response();
    });
    await grant(ada, 'auth.view_user');
    await ask(handler, { headers: bearer(text) });
    const only = ['articles.view_article'];
    expect(asked).toEqual([true, false, only, only, false]);
  });

  it.each([
    ['ended', { revoked: new Date() }],
    ['past its end', { expires: new Date(Date.now() - 1000) }],
  ])('that is %s is refused beside a good cookie, and noticed', async (_what, row) => {
    const { text } = await tokenRow(ada, ['articles.view_article'], row);
    const cookie = await browserOf(await reload(ada));
    expect((await ask(me, { headers: { cookie } })).status).toBe(200);
    const { status, headers } = await ask(me, { headers: { cookie, ...bearer(text) } });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe(INVALID);
    const where = { event: 'authn_token_reuse', actorId: ada.id };
    expect(await db.securityLogEntry.count({ where })).toBe(1);
  });

  it('of somebody inactive is refused at once', async () => {
    const { text } = await reader();
    await db.user.update({ where: { id: ada.id }, data: { isActive: false } });
    expect((await ask(me, { headers: bearer(text) })).status).toBe(401);
  });

  it('with one character changed costs no statement', async () => {
    const { text } = await reader();
    const at = 20;
    const other = text[at] === 'a' ? 'b' : 'a';
    const changed = text.slice(0, at) + other + text.slice(at + 1);
    let status = 0;
    const statements = await statementsOf(async () => {
      status = (await ask(me, { headers: bearer(changed) })).status;
    });
    expect([status, statements]).toEqual([401, []]);
  });

  it('that nobody has is counted for its network, and makes no good one wait', async () => {
    const { text } = await reader();
    const from = { 'x-forwarded-for': `198.51.100.${made}` };
    const wait = { free: 3, delay: 60, maxDelay: 120, forget: 3600 };
    const THROTTLES = { ...settings.THROTTLES, token: { account: wait, network: wait } };
    const statuses: number[] = [];
    await overrideSettings({ THROTTLES }, async () => {
      for (let i = 0; i < 4; i += 1) {
        const invented = { ...bearer(makeTokenText()), ...from };
        statuses.push((await ask(me, { headers: invented })).status);
      }
    });
    expect(statuses).toEqual([401, 401, 401, 429]);
    expect((await ask(me, { headers: { ...bearer(text), ...from } })).status).toBe(200);
  });

  it('that nobody has is refused where no app counts tries', async () => {
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter(
      (label: string) => label !== 'throttling',
    );
    await overrideSettings({ INSTALLED_APPS }, async () => {
      expect(checkInstalledApps()).toEqual([]);
      expect((await ask(me, { headers: bearer(makeTokenText()) })).status).toBe(401);
    });
  });

  it('is refused from outside its networks', async () => {
    const { text } = await tokenRow(ada, [], { networks: '192.0.2.0/24\n2001:db8::/32' });
    const from = (address: string) =>
      ask(me, { headers: { ...bearer(text), 'x-forwarded-for': address } });
    expect((await from('192.0.2.77')).status).toBe(200);
    expect((await from('2001:db8::1')).status).toBe(200);
    expect((await from('192.0.3.1')).status).toBe(403);
    expect((await from('2001:db9::1')).status).toBe(403);
    expect((await from('')).status).toBe(403);
  });

  it('waits after too many requests', async () => {
    const { text } = await reader();
    // Another file of this process has had tokens with these ids, in a database of its own.
    Reflect.get(globalThis, Symbol.for('gatehouse.tokens.rate')).clear();
    await overrideSettings({ TOKENS_RATE: { requests: 2, per: 60 } }, async () => {
      const statuses = [];
      for (let i = 0; i < 3; i += 1) statuses.push(await ask(me, { headers: bearer(text) }));
      expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(Number(statuses[2]?.headers.get('retry-after'))).toBeGreaterThan(50);
    });
  });

  it('is malformed by any other form of the header, and no other scheme is one', async () => {
    const { text } = await reader();
    for (const authorization of ['Bearer', `Bearer ${text} ${text}`, 'Bearer "quoted"']) {
      const { status, headers } = await ask(me, { headers: { authorization } });
      expect(status).toBe(400);
      expect(headers.get('www-authenticate')).toContain('error="invalid_request"');
    }
    const basic = { authorization: 'Basic YTpi', cookie: await browserOf(await reload(ada)) };
    expect((await ask(me, { headers: basic })).status).toBe(200);
    expect((await ask(me, { headers: { authorization: `bEARER ${text}` } })).status).toBe(200);
  });

  it('counts in no query, and a stranger is told how to show who they are', async () => {
    const { text } = await reader();
    const path = `/api/me/?access_token=${text}`;
    const { status, headers, body } = await ask(me, { path });
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="gatehouse"');
    expect(body).toMatchObject({ type: 'about:blank', status: 401, instance: '/api/me/' });
  });

  it('is forged by nobody, where a cookie is', async () => {
    const { text } = await tokenRow(ada, ['articles.add_article']);
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const sent = { method: 'POST', path: '/api/articles/', json: { title: 'a', body: 'b' } };
    const byToken = await ask(write, { ...sent, headers: { ...bearer(text), ...foreign } });
    expect(byToken.status).toBe(201);
    const cookie = await browserOf(await reload(ada));
    expect((await ask(write, { ...sent, headers: { cookie, ...foreign } })).status).toBe(403);
  });

  it('counts on no page and in no action', async () => {
    const { text } = await reader();
    const { loginRequired } = guardsOf(null);
    const page = loginRequired.page(async ({ request }) => request.user.getUsername());
    const action = loginRequired.action(async () => undefined);
    const headers = { host: 'localhost:3000', origin: 'http://localhost:3000', ...bearer(text) };
    const asPage = new Request('http://localhost:3000/x/', { headers });
    const props = { params: Promise.resolve({}), searchParams: Promise.resolve({}) };
    const shown = await answerOf(asPage, 'page', () => page(props));
    expect(shown.location).toMatch(/^\/accounts\/login\//);
    const asAction = new Request('http://localhost:3000/x/', { method: 'POST', headers });
    const acted = await answerOf(asAction, 'action', () => action(new FormData()));
    expect(acted.location).toMatch(/^\/accounts\/login\//);
  });

  it('says what it is, to whoever has it', async () => {
    const { text } = await reader();
    const { body } = await ask(check, { headers: bearer(text) });
    expect(body).toMatchObject({ start: text.slice(0, 10), owner: ada.username, networks: [] });
    const cookie = await browserOf(await reload(ada));
    expect((await ask(check, { headers: { cookie } })).status).toBe(403);
  });

  it('notes its use, once a minute', async () => {
    const { id, text } = await reader();
    await ask(me, { headers: bearer(text) });
    const used = await db.token.findUnique({ where: { id } });
    expect(used).toMatchObject({ lastUsedIp: '192.0.2.1' });
    const statements = await statementsOf(() => ask(check, { headers: bearer(text) }));
    expect(statements.filter((sql) => /UPDATE/i.test(sql))).toEqual([]);
  });

  it('does nothing while the app is out', async () => {
    const { text } = await reader();
    const { loginRequired } = guardsOf(null);
    const guarded = loginRequired.handler(async () => new Response());
    const INSTALLED_APPS = settings.INSTALLED_APPS.filter((label) => label !== 'tokens');
    await overrideSettings({ INSTALLED_APPS }, async () => {
      expect((await ask(guarded, { headers: bearer(text) })).status).toBe(403);
    });
    expect((await ask(guarded, { headers: bearer(text) })).status).toBe(200);
  });
});
