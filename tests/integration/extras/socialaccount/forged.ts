import type { JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '@/lib/db/client';
import type { Traveller } from '@/tests/support/socialaccount/journey';
import { lastFailure, type setUp, whoIs } from '@/tests/support/socialaccount/set-up';

const OPEN = { trustEmail: true, signup: 'open' } as const;
const REFUSED = /^\/accounts\/3rdparty\/login\/error\/\?provider=\w+&reference=[0-9a-f]{8}$/;

/** Answers that are not to what this browser began, or that a provider would not give. */
export function forgedAnswers(site: ReturnType<typeof setUp>): void {
  beforeEach(async () => {
    await site.empty();
    for (const sub of ['1', '2'])
      site.provider().people.set(sub, { preferred_username: `p${sub}` });
  });
  afterEach(() => {
    vi.useRealTimers();
    site.provider().at.tamper = null;
  });

  /** A browser that is about to come back. */
  async function under(way: Traveller, sub = '1', form = {}): Promise<string> {
    const { location } = await way.begin('acme', form);
    return way.there(location ?? '', site.provider(), sub);
  }

  async function expectOutside(way: Traveller, answer: { location: string | null }) {
    expect(answer.location).toMatch(REFUSED);
    expect(await whoIs(way)).toBe('nobody');
    expect(await db.socialAccount.count()).toBe(0);
  }

  // Refused before anything was asked of the provider, which would refuse it too.
  const isUntouched = ({ jar }: Traveller) => [...jar.keys()].some((name) => name.includes('oidc'));

  describe('an answer is refused', () => {
    it('in a browser that has begun nothing: the address of somebody else’s', async () => {
      const attacker = site.traveller(OPEN);
      const address = await under(attacker);
      const victim = site.traveller(OPEN);
      await expectOutside(victim, await victim.back(address));
    });

    it('in a browser that has begun another: its cookie is for another state', async () => {
      const attacker = site.traveller(OPEN);
      const address = await under(attacker, '2');
      const victim = site.traveller(OPEN);
      await under(victim);
      await expectOutside(victim, await victim.back(address));
      // Also under the name that the other has.
      const nameIn = ({ jar }: Traveller) =>
        [...jar.keys()].find((name) => name.includes('oidc')) ?? '';
      victim.jar.set(nameIn(attacker), victim.jar.get(nameIn(victim)) ?? '');
      await expectOutside(victim, await victim.back(address));
      expect([...victim.jar.keys()].filter((each) => each.includes('oidc'))).toHaveLength(2);
    });

    it('at another provider than it was begun at', async () => {
      const browser = site.traveller(OPEN);
      const address = await under(browser);
      await expectOutside(browser, await browser.back(address, 'other'));
      expect(isUntouched(browser)).toBe(true);
    });

    it('after ten minutes', async () => {
      const browser = site.traveller(OPEN);
      const address = await under(browser);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 661_000 });
      await expectOutside(browser, await browser.back(address));
      expect(isUntouched(browser)).toBe(true);
    });

    it('without the code, with another one, with another state', async () => {
      for (const change of [
        (query: URLSearchParams) => query.delete('code'),
        (query: URLSearchParams) => query.set('code', 'another'),
        (query: URLSearchParams) => query.set('state', 'another'),
        (query: URLSearchParams) => query.append('code', 'two'),
      ]) {
        const browser = site.traveller(OPEN);
        const address = new URL(await under(browser));
        change(address.searchParams);
        await expectOutside(browser, await browser.back(address.href));
      }
    });

    it.each(['https://evil.test', null])('that names as its issuer %s', async (iss) => {
      const browser = site.traveller(OPEN);
      const address = new URL(await under(browser));
      if (iss === null) address.searchParams.delete('iss');
      else address.searchParams.set('iss', iss);
      await expectOutside(browser, await browser.back(address.href));
    });
  });

  const TOKENS: Record<string, (claims: JWTPayload) => JWTPayload> = {
    'another nonce': (claims) => ({ ...claims, nonce: 'another' }),
    'no nonce': ({ nonce: _, ...claims }) => claims,
    'another issuer': (claims) => ({ ...claims, iss: 'https://evil.test' }),
    'another audience': (claims) => ({ ...claims, aud: 'another' }),
    'an end in the past': (claims) => ({ ...claims, exp: 1_000_000_000 }),
    'no subject': ({ sub: _, ...claims }) => claims,
    'a subject that no column holds': (claims) => ({ ...claims, sub: 'x'.repeat(192) }),
  };

  describe('a token is refused', () => {
    it.each(Object.entries(TOKENS))('that has %s', async (_what, change) => {
      site.provider().at.tamper = (claims) => site.provider().sign(change(claims));
      const browser = site.traveller(OPEN);
      await expectOutside(browser, await browser.back(await under(browser)));
    });

    it('that nobody has signed, or somebody else', async () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const unsigned = (claims: JWTPayload) => `${part({ alg: 'none' })}.${part(claims)}.`;
      const broken = async (claims: JWTPayload) => {
        const [head, body] = (await site.provider().sign(claims)).split('.');
        return `${head}.${body}.${'A'.repeat(342)}`;
      };
      for (const tamper of [unsigned, broken]) {
        site.provider().at.tamper = tamper;
        const browser = site.traveller(OPEN);
        await expectOutside(browser, await browser.back(await under(browser)));
      }
    });
  });

  it('whoever declines at the provider comes back to the sign-in page, and nothing is said', async () => {
    const browser = site.traveller(OPEN);
    const address = new URL(await under(browser, '1', { next: '/articles/' }));
    address.searchParams.delete('code');
    address.searchParams.set('error', 'access_denied');
    const { location } = await browser.back(address.href);
    expect(location).toBe('/accounts/login/?next=/articles/');
  });

  it('a provider that is down stops nobody else, and is asked again', async () => {
    const issuer = 'http://127.0.0.1:9';
    const down = site.traveller({ ...OPEN, issuer });
    expect((await down.begin('acme')).location).toMatch(REFUSED);
    await site.local('locally');
    await down.password('locally', 'x');
    expect(await whoIs(down)).toBe('locally');
    const up = site.traveller(OPEN);
    expect((await up.signIn(site.provider(), '1')).location).toBe('/dashboard/');
  });

  it('several tabs at once each come back, and no more cookies are kept than five', async () => {
    const browser = site.traveller(OPEN);
    const addresses: string[] = [];
    for (let i = 0; i < 7; i += 1) addresses.push(await under(browser));
    expect([...browser.jar.keys()].filter((name) => name.includes('oidc'))).toHaveLength(5);
    expect((await browser.back(addresses[0] ?? '')).location).toMatch(REFUSED);
    expect((await browser.back(addresses[6] ?? '')).location).toBe('/dashboard/');
    expect((await browser.back(addresses[5] ?? '')).location).toBe('/dashboard/');
  });

  it('no provider that is not configured has an address', async () => {
    const browser = site.traveller(OPEN);
    expect((await browser.begin('unknown')).status).toBe(404);
  });

  it('is begun by a form of ours only, and never by a link', async () => {
    const browser = site.traveller(OPEN);
    const forged = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' };
    expect((await browser.begin('acme', {}, forged)).status).toBe(403);
    const { default: _, ...methods } = await import(
      '@/app/(socialaccount)/accounts/oidc/[id]/login/route'
    ).then((module) => ({ default: null, ...module }));
    expect(Object.keys(methods)).toEqual(['POST']);
  });
}

/** An answer that was given before. */
export function replayedAnswers(site: ReturnType<typeof setUp>): void {
  beforeEach(site.empty);

  it('is refused the second time, with all that its browser had', async () => {
    site.provider().people.set('1', {});
    const browser = site.traveller(OPEN);
    const { location } = await browser.begin('acme');
    const address = await browser.there(location ?? '', site.provider(), '1');
    const kept = new Map(browser.jar);
    expect((await browser.back(address)).location).toBe('/dashboard/');
    const copy = site.traveller(OPEN);
    for (const [name, value] of kept) copy.jar.set(name, value);
    expect((await copy.back(address)).location).toMatch(REFUSED);
    expect(await lastFailure()).toContain('answered before');
  });
}
