import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelLoginAction } from '@/app/(auth)/accounts/login/actions';
import { logoutAction } from '@/app/(auth)/accounts/logout/actions';
import { authenticateAction } from '@/app/(mfa)/accounts/2fa/authenticate/actions';
import { POST as backChannel } from '@/app/(socialaccount)/accounts/oidc/[id]/backchannel-logout/route';
import { defineConfig } from '@/lib/apps/define-config';
import { isInstalled } from '@/lib/apps/installed';
import { allConfigs, populate } from '@/lib/apps/registry';
import { users } from '@/lib/contrib/auth/users/managers';
import { db } from '@/lib/db/client';
import { clearGone } from '@/lib/extras/socialaccount/clear-expired';
import { loginRequired } from '@/tests/boundary/guards';
import { testDatabase } from '@/tests/support/database';
import { addTotp, codeOf } from '@/tests/support/mfa/people';
import type { Traveller } from '@/tests/support/socialaccount/journey';
import { CLIENT } from '@/tests/support/socialaccount/provider';
import { type setUp, whoIs } from '@/tests/support/socialaccount/set-up';

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/** The end of sessions, here and at the provider, and what stands between the provider and the inside. */
export function endsAndStages(site: ReturnType<typeof setUp>): void {
  beforeEach(site.empty);
  beforeEach(() => {
    site.provider().people.set('1', { preferred_username: 'ada' });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const open = { signup: 'open', logout: 'provider' } as const;
  async function inside(chosen: object = {}): Promise<Traveller> {
    const browser = site.traveller({ ...open, ...chosen });
    await browser.signIn(site.provider(), '1');
    return browser;
  }
  const now = () => Math.floor(Date.now() / 1000);
  const claims = (more: object = {}) => ({
    iss: site.provider().issuer,
    aud: CLIENT.clientId,
    iat: now(),
    jti: crypto.randomUUID(),
    events: EVENTS,
    sub: '1',
    ...more,
  });
  const typ = 'logout+jwt';
  async function tell(
    token: string,
    headers: HeadersInit = { origin: '' },
    server = site.traveller(open),
  ) {
    const params = Promise.resolve({ id: 'acme' });
    const path = '/accounts/oidc/acme/backchannel-logout/';
    const sent = { path, method: 'POST', form: { logout_token: token }, headers };
    return server.ask('handler', sent, (request) => backChannel(request, { params }));
  }
  const sign = (more: object = {}, header = { typ }) => site.provider().sign(claims(more), header);

  describe('signing out', () => {
    it('goes on to the provider, with what names the session there, and ends ours first', async () => {
      const browser = await inside();
      const { location } = await browser.act(logoutAction, {});
      const address = new URL(location ?? '');
      expect(address.origin).toBe(site.provider().issuer);
      expect(Object.fromEntries(address.searchParams)).toMatchObject({
        id_token_hint: expect.stringMatching(/^ey/),
        post_logout_redirect_uri: 'http://localhost:3000/accounts/logout/',
      });
      expect(await whoIs(browser)).toBe('nobody');
      expect(await (await fetch(address, { redirect: 'manual' })).status).toBeLessThan(400);
    });

    it('stays here where the setting does not say so, and where the provider is down', async () => {
      const browser = await inside({ logout: 'local' });
      expect((await browser.act(logoutAction, {})).location).toBe('/');
      const other = await inside();
      const down = site.traveller(
        { ...open, issuer: 'http://127.0.0.1:9' },
        { cookie: other.cookie },
      );
      expect((await down.act(logoutAction, {})).location).toBe('/');
      expect(await whoIs(other)).toBe('nobody');
    });

    it('ends the session here whatever a way to go on throws', async () => {
      const browser = await inside();
      const all = [...allConfigs()];
      const broken = async () => {
        throw new Error('It is broken.');
      };
      populate([defineConfig('auth', { logoutWays: [broken] }), ...all]);
      try {
        const { location } = await browser.act(logoutAction, {});
        expect(location).toContain('id_token_hint=');
      } finally {
        populate(all);
      }
      expect(await whoIs(browser)).toBe('nobody');
    });

    it('knows the session at the provider under a new key as well', async () => {
      const browser = await inside();
      const before = await db.oidcSession.findFirstOrThrow();
      const cycle = loginRequired.action(async ({ session }) => session.cycleKey());
      await browser.ask('action', { method: 'POST' }, () => cycle(new FormData()));
      const after = await db.session.findFirstOrThrow();
      expect(after.id).not.toBe(before.sessionId);
      expect(await db.oidcSession.findMany()).toMatchObject([{ sessionId: after.id }]);
      expect((await browser.act(logoutAction, {})).location).toContain('id_token_hint=');
    });

    it('is forgotten with the person, and with a session that is over', async () => {
      await inside();
      await clearGone();
      expect(await db.oidcSession.count()).toBe(1);
      await (await users.getByNaturalKey('ada'))?.delete();
      expect(await db.oidcSession.count()).toBe(0);
      await inside();
      await db.session.deleteMany();
      await clearGone();
      expect(await db.oidcSession.count()).toBe(0);
    });

    it('is forgotten with a person whose account no link leads to', async () => {
      const [ada, other] = [await inside(), site.traveller(open)];
      site.provider().people.set('2', { preferred_username: 'bob' });
      await other.signIn(site.provider(), '2');
      expect(await whoIs(ada)).toBe('ada');
      await db.socialAccount.deleteMany();
      await (await users.getByNaturalKey('ada'))?.delete();
      expect(await db.oidcSession.findMany()).toMatchObject([{ subject: '2' }]);
    });

    it('keeps the token of the provider unreadable', async () => {
      await inside();
      const { idToken } = await db.oidcSession.findFirstOrThrow();
      expect(idToken).toMatch(/^v1\./);
      const kept = JSON.stringify([await db.session.findMany(), await db.socialAccount.findMany()]);
      expect(kept).not.toContain('eyJ');
    });
  });

  describe('a provider that says somebody is signed out', () => {
    it('ends the session of that sign-in, and no other of the same person', async () => {
      const [one, other] = [await inside(), await inside()];
      const [first, second] = await db.oidcSession.findMany({ orderBy: { id: 'asc' } });
      expect(first?.sid).not.toBe(second?.sid);
      expect((await tell(await sign({ sid: first?.sid }))).status).toBe(200);
      expect(await whoIs(one)).toBe('nobody');
      expect(await whoIs(other)).toBe('ada');
    });

    it('ends all of a person where it names no session', async () => {
      const both = [await inside(), await inside()];
      const answer = await tell(await sign());
      expect(answer.status).toBe(200);
      expect((answer.value as Response).headers.get('cache-control')).toBe('no-store');
      expect(await Promise.all(both.map(whoIs))).toEqual(['nobody', 'nobody']);
    });

    it('ends by the session alone where it names no person, and nothing of another’s', async () => {
      const browser = await inside();
      const { sid } = await db.oidcSession.findFirstOrThrow();
      expect((await tell(await sign({ sub: '2' }))).status).toBe(200);
      expect((await tell(await sign({ sub: '2', sid }))).status).toBe(200);
      expect(await whoIs(browser)).toBe('ada');
      expect((await tell(await sign({ sub: undefined, sid }))).status).toBe(200);
      expect(await whoIs(browser)).toBe('nobody');
    });

    const BAD: Record<string, [claims: object, header?: { typ: string }]> = {
      'is an id_token': [{}, { typ: 'JWT' }],
      'has a nonce': [{ nonce: 'n' }],
      'has no event of logging out': [{ events: {} }],
      'has no events at all': [{ events: undefined }],
      'names neither person nor session': [{ sub: undefined }],
      'is for another': [{ aud: 'another' }],
      'is by another': [{ iss: 'https://evil.test' }],
      'is older than two minutes': [{ iat: Math.floor(Date.now() / 1000) - 300 }],
      'has no name of its own': [{ jti: undefined }],
      'has no time': [{ iat: undefined }],
    };
    // Refused before the database is asked.
    it.runIf(testDatabase === 'sqlite').each(Object.entries(BAD))(
      'is not believed by a token that %s',
      async (_what, [more, header]) => {
        const browser = await inside();
        expect((await tell(await sign(more, header))).status).toBe(400);
        expect(await whoIs(browser)).toBe('ada');
      },
    );

    it('is not believed by a token that nobody has signed, nor twice', async () => {
      const browser = await inside();
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const unsigned = `${part({ alg: 'none', typ })}.${part(claims())}.`;
      expect((await tell(unsigned)).status).toBe(400);
      expect((await tell('no token')).status).toBe(400);
      expect(await whoIs(browser)).toBe('ada');
      const token = await sign();
      expect((await tell(token)).status).toBe(200);
      const again = await inside();
      expect((await tell(token)).status).toBe(400);
      expect(await whoIs(again)).toBe('ada');
    });

    it('is asked nothing at the word of another, and is none that gives no such tokens', async () => {
      const browser = await inside();
      let asked = 0;
      const down = createServer((_, answer) => {
        asked += 1;
        answer.writeHead(503).end();
      }).listen(0, '127.0.0.1');
      await once(down, 'listening');
      const issuer = `http://127.0.0.1:${(down.address() as AddressInfo).port}`;
      const server = (chosen: object) =>
        site.traveller({ ...open, ...chosen }, { more: { LOG_LEVEL: 'warning' } });
      const warned = vi.spyOn(console, 'warn').mockReturnValue();
      expect((await tell(await sign(), undefined, server({ issuer }))).status).toBe(400);
      expect(asked).toBe(0);
      const theirs = await sign({ iss: issuer });
      expect((await tell(theirs, undefined, server({ issuer }))).status).toBe(400);
      expect(asked).toBe(1);
      down.close();
      expect(warned.mock.calls.filter(([line]) => String(line).includes('acme'))).toHaveLength(2);
      const github = server({ preset: 'github' });
      expect((await tell(await sign(), undefined, github)).status).toBe(400);
      expect(await whoIs(browser)).toBe('ada');
    });

    it('is not a page of another site', async () => {
      const browser = await inside();
      const token = await sign();
      expect((await tell(token, { origin: 'https://evil.test' })).status).toBe(403);
      expect(await whoIs(browser)).toBe('ada');
    });
  });

  describe.runIf(isInstalled('mfa'))('a second factor', () => {
    async function withFactor() {
      await inside();
      const ada = await users.getByNaturalKey('ada');
      if (!ada) throw new Error('She is gone.');
      return addTotp(ada);
    }
    async function come(chosen: object, amr: readonly string[]): Promise<Traveller> {
      site.provider().people.set('1', { preferred_username: 'ada', amr });
      return inside(chosen);
    }

    it('is asked for after the provider, and the session then knows it', async () => {
      const secret = await withFactor();
      await db.oidcSession.deleteMany();
      const browser = await come({}, ['pwd']);
      expect(await whoIs(browser)).toBe('nobody');
      expect(JSON.stringify(await db.session.findMany())).not.toContain('eyJ');
      await browser.act(authenticateAction, { code: codeOf(secret) });
      expect(await whoIs(browser)).toBe('ada');
      expect(await db.oidcSession.count()).toBe(1);
      expect((await browser.act(logoutAction, {})).location).toContain('id_token_hint=ey');
    });

    it('leaves no session where somebody goes back instead', async () => {
      await withFactor();
      await db.session.deleteMany();
      const browser = await come({}, ['pwd']);
      expect(await db.session.count()).toBe(1);
      await browser.act(cancelLoginAction, {});
      expect(await db.session.count()).toBe(0);
    });

    it('is not, where the provider says that it was shown, and is trusted to', async () => {
      await withFactor();
      expect(await whoIs(await come({ trustAmr: true }, ['pwd', 'mfa']))).toBe('ada');
      expect(await whoIs(await come({ trustAmr: true }, ['hwk']))).toBe('ada');
      expect(await whoIs(await come({ trustAmr: true }, ['pwd']))).toBe('nobody');
      expect(await whoIs(await come({}, ['pwd', 'mfa']))).toBe('nobody');
    });
  });
}
