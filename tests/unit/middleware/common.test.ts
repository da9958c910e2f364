import { describe, expect, it } from 'vitest';
import type { Settings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import { CSRF_FAILURE_HEADER, csrfFailure } from '@/lib/core/csrf';
import { CommonMiddleware } from '@/lib/middleware/common';
import { CsrfViewMiddleware } from '@/lib/middleware/csrf';

const HOSTS = { ALLOWED_HOSTS: ['testserver', '.sub.example', '[::1]'] };

async function statusOf(
  headers: Record<string, string>,
  changed: Partial<Settings> = HOSTS,
  path = '/',
): Promise<number> {
  const request = new Request(`http://internal${path}`, { headers });
  const view = async () => new Response('page');
  return (await overrideSettings(changed, () => CommonMiddleware(request, view))).status;
}

describe('CommonMiddleware', () => {
  it.each([
    ['testserver', 200],
    ['TESTSERVER', 200],
    ['testserver:8000', 200],
    ['testserver.', 200],
    ['sub.example', 200],
    ['x.sub.example', 200],
    ['xsub.example', 400],
    ['evil.com', 400],
    ['[::1]', 200],
    ['[::1]:3000', 200],
    ['testserver:80:80', 400],
    ['test server', 400],
    ['testserver@evil', 400],
    ['testserver:abc', 400],
    ['', 400],
  ])('answers the host %j with %i', async (host, status) => {
    expect(await statusOf({ host })).toBe(status);
  });

  it("judges the browser's host, which Next.js and a trusted proxy forward", async () => {
    expect(await statusOf({ host: 'localhost:3000', 'x-forwarded-host': 'testserver' })).toBe(200);
    expect(await statusOf({ host: 'testserver', 'x-forwarded-host': 'evil.com' })).toBe(400);
  });

  it("serves APP_ORIGIN's host, and one's own machine when no host is listed", async () => {
    const behindProxy = { ...HOSTS, APP_ORIGIN: 'https://app.example' };
    expect(await statusOf({ host: 'app.example' }, behindProxy)).toBe(200);
    expect(await statusOf({ host: 'testserver' }, behindProxy)).toBe(200);
    expect(await statusOf({ host: 'localhost' }, behindProxy)).toBe(400);
    const first = { ALLOWED_HOSTS: [], APP_ORIGIN: null };
    for (const host of ['localhost:3000', 'a.localhost', '127.0.0.1', '[::1]']) {
      expect(await statusOf({ host }, first)).toBe(200);
    }
    expect(await statusOf({ host: 'evil.com' }, first)).toBe(400);
  });

  it('lets a load balancer ask for health under any name', async () => {
    expect(await statusOf({ host: '10.0.0.7' }, HOSTS, '/healthz/')).toBe(200);
    expect(await statusOf({ host: '10.0.0.7' }, HOSTS, '/healthz/x/')).toBe(400);
  });

  it('turns unwanted user agents away', async () => {
    const changed = { ...HOSTS, DISALLOWED_USER_AGENTS: [/BadBot/] };
    const headers = { host: 'testserver', 'user-agent': 'Mozilla BadBot/1.0' };
    expect(await statusOf(headers, changed)).toBe(403);
    expect(await statusOf({ host: 'testserver', 'user-agent': 'Mozilla' }, changed)).toBe(200);
  });
});

describe('CsrfViewMiddleware', () => {
  /** What the page gets to see of a posted form. */
  async function post(headers: Record<string, string>): Promise<Headers> {
    const request = new Request('http://internal/', {
      method: 'POST',
      headers: { host: 'testserver', ...headers },
    });
    const seen: Headers[] = [];
    await CsrfViewMiddleware(request, async (passed) => {
      seen.push(passed.headers);
      return new Response('page');
    });
    expect(seen).toHaveLength(1);
    return seen[0] ?? new Headers();
  }

  it('lets forms of this site through as they are', async () => {
    for (const extra of ['user-agent', 'sec-fetch-site']) {
      const seen = await post({ origin: 'http://testserver', [extra]: 'same-origin' });
      expect(seen.get(CSRF_FAILURE_HEADER)).toBeNull();
      expect(seen.get('origin')).toBe('http://testserver');
    }
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'garbage' },
    { 'sec-fetch-site': 'cross-site' },
    { cookie: 'gatehouse_session=x' },
    { cookie: '__Host-gatehouse_session=x' },
  ])('hands %j to the guard with the reason, past the check of Next.js', async (headers) => {
    const seen = await post(headers);
    expect(seen.get(CSRF_FAILURE_HEADER)).toMatch(/^The (form was sent|request does not say)/);
    expect(seen.has('origin')).toBe(false);
  });

  it.each(['null', 'garbage', '', 'http://testserver:81'])(
    'takes the Origin %j, which Next.js would refuse, from a form that the browser vouches for',
    async (origin) => {
      await overrideSettings({ CSRF_TRUSTED_ORIGINS: ['http://testserver:81'] }, async () => {
        for (const site of ['same-origin', 'none']) {
          const seen = await post({ origin, 'sec-fetch-site': site });
          expect(seen.get(CSRF_FAILURE_HEADER)).toBeNull();
          expect(seen.has('origin')).toBe(false);
          const failure = csrfFailure({ method: 'POST', headers: seen }, 'http://testserver', true);
          expect(failure).toBeNull();
        }
      });
    },
  );

  it('makes the guard refuse, and nothing can undo it', async () => {
    const seen = await post({ origin: 'https://evil.example' });
    for (const site of ['same-origin', 'none']) {
      seen.set('sec-fetch-site', site);
      const found = csrfFailure({ method: 'POST', headers: seen }, 'http://testserver', false);
      expect(found).toContain('https://evil.example');
    }
  });
});
