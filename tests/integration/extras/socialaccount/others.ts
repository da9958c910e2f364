import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POST as callbackPost } from '@/app/(socialaccount)/accounts/oidc/[id]/login/callback/route';
import { db } from '@/lib/db/client';
import { appleClientSecret } from '@/lib/extras/socialaccount/providers/apple-secret';
import { startGithub } from '@/tests/support/socialaccount/github';
import type { Traveller } from '@/tests/support/socialaccount/journey';
import { type setUp, whoIs } from '@/tests/support/socialaccount/set-up';

/** Providers that do not do as the rest: GitHub, and Apple's way to answer. */
export function otherProviders(site: ReturnType<typeof setUp>): void {
  let github: Awaited<ReturnType<typeof startGithub>>;

  beforeAll(async () => {
    github = await startGithub();
    return () => github.stop();
  });
  beforeEach(site.empty);

  describe('GitHub', () => {
    const chosen = () => ({
      preset: 'github' as const,
      issuer: github.issuer,
      trustEmail: true,
      signup: 'open' as const,
    });
    const mail = (more: object) => ({
      email: 'ada@example.com',
      primary: true,
      verified: true,
      ...more,
    });
    async function come(code = 'right'): Promise<Traveller> {
      const browser = site.traveller(chosen());
      const { location } = await browser.begin('acme');
      const begun = new URL(location ?? '');
      expect(begun.origin + begun.pathname).toBe(`${github.issuer}/login/oauth/authorize`);
      expect(begun.searchParams.get('code_challenge_method')).toBe('S256');
      const state = begun.searchParams.get('state') ?? '';
      const query = new URLSearchParams({ code, state });
      await browser.back(`${begun.searchParams.get('redirect_uri')}?${query}`);
      return browser;
    }

    it('says who somebody is by their number, whatever their name is by then', async () => {
      github.at.emails = [mail({ email: 'x@example.com', primary: false }), mail({})];
      expect(await whoIs(await come())).toBe('ada');
      expect(github.at.asked.get('code_verifier')).toMatch(/^[\w-]{43,}$/);
      expect(await db.user.findFirst({ where: { username: 'ada' } })).toMatchObject({
        email: 'ada@example.com',
        lastName: 'Lovelace',
      });
      github.at.user = { id: 7, login: 'countess', name: null };
      expect(await whoIs(await come())).toBe('ada');
      github.at.user = { id: 8, login: 'ada', name: null };
      github.at.emails = [];
      expect(await whoIs(await come())).toBe('ada2');
      const uids = (await db.socialAccount.findMany()).map(({ uid }) => uid);
      expect(uids.sort()).toEqual(['7', '8']);
    });

    it('gives no address that it does not call verified, and nothing for a wrong code', async () => {
      github.at.emails = [mail({ verified: false })];
      expect(await whoIs(await come())).toMatch(/^(ada|countess)/);
      expect(await db.emailAddress.count()).toBe(0);
      expect(await whoIs(await come('wrong'))).toBe('nobody');
    });
  });

  describe('an answer by form_post', () => {
    const open = { signup: 'open', trustEmail: true } as const;
    const params = Promise.resolve({ id: 'acme' });
    // Without the browser's cookies: a form from another site carries none that is Lax.
    const post = (form: Record<string, string>, more: object = {}) => {
      const path = '/accounts/oidc/acme/login/callback/';
      const sent = { path, method: 'POST', form, headers: { origin: site.provider().issuer } };
      return site
        .traveller(open, { more })
        .ask('handler', sent, (request) => callbackPost(request, { params }));
    };

    it('comes again by our own redirect, with the cookie that it could not carry, and the name', async () => {
      site.provider().people.set('1', { email: 'a@example.com', email_verified: true });
      const browser = site.traveller(open);
      const { location } = await browser.begin('acme');
      const address = new URL(await browser.there(location ?? '', site.provider(), '1'));
      const form = {
        ...Object.fromEntries(address.searchParams),
        user: JSON.stringify({ name: { firstName: 'Ada', lastName: 'Lovelace' } }),
        evil: 'x',
      };
      expect((await post(form)).status).toBe(403);
      const more = { CSRF_TRUSTED_ORIGINS: [site.provider().issuer] };
      const answer = await post(form, more);
      expect(answer.status).toBe(303);
      expect(answer.location).not.toContain('Lovelace');
      expect(answer.location).not.toContain('evil');
      for (const [name, value] of answer.cookies) browser.jar.set(name, value);
      await browser.back(new URL(answer.location ?? '', address).href);
      expect(await whoIs(browser)).toBe('a');
      expect(await db.user.findFirst({ where: { username: 'a' } })).toMatchObject({
        firstName: 'Ada',
        lastName: 'Lovelace',
      });
    });

    it('lets nobody in by itself', async () => {
      site.provider().people.set('1', {});
      const attacker = site.traveller(open);
      const { location } = await attacker.begin('acme');
      const address = new URL(await attacker.there(location ?? '', site.provider(), '1'));
      const more = { CSRF_TRUSTED_ORIGINS: [site.provider().issuer] };
      const victim = site.traveller(open);
      const answer = await post(Object.fromEntries(address.searchParams), more);
      const end = await victim.back(new URL(answer.location ?? '', address).href);
      expect(end.location).toContain('/login/error/');
      expect(await whoIs(victim)).toBe('nobody');
    });
  });

  it('Apple’s client secret is a token that its key signs, for two hours', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const setting = { id: 'apple', clientId: 'com.example', teamId: 'TEAM', keyId: 'KEY' } as const;
    const token = await appleClientSecret(setting, pem.replaceAll('\n', '\\n'));
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', kid: 'KEY' });
    const { iat = 0, ...claims } = decodeJwt(token);
    expect(claims).toEqual({
      iss: 'TEAM',
      sub: 'com.example',
      aud: 'https://appleid.apple.com',
      exp: iat + 7200,
    });
    await expect(appleClientSecret(setting, 'no key')).rejects.toThrow('no private key');
  });
}
