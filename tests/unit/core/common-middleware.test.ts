import { describe, expect, it } from 'vitest';
import type { Settings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import { CommonMiddleware } from '@/lib/core/middleware/common';
import { CsrfViewMiddleware } from '@/lib/core/middleware/csrf';

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

  it("serves APP_ORIGIN's host, or one's own machine, when no host is listed", async () => {
    const none = { ALLOWED_HOSTS: [], APP_ORIGIN: 'https://app.example' };
    expect(await statusOf({ host: 'app.example' }, none)).toBe(200);
    expect(await statusOf({ host: 'localhost' }, none)).toBe(400);
    const first = { ALLOWED_HOSTS: [], APP_ORIGIN: null, DEBUG: true };
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
  async function post(headers: Record<string, string>): Promise<Response> {
    const request = new Request('http://internal/', {
      method: 'POST',
      headers: { host: 'testserver', ...headers },
    });
    return CsrfViewMiddleware(request, async () => new Response('page'));
  }

  it('lets forms of this site through', async () => {
    expect((await post({ origin: 'http://testserver' })).status).toBe(200);
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { cookie: 'sessionid=x' },
    { cookie: '__Host-sessionid=x' },
  ])('refuses %j and says why', async (headers) => {
    const response = await post(headers);
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(/<p>The (form was sent|request does not say)/);
  });

  it('prints nothing of a request as markup', async () => {
    const response = await post({ origin: 'https://x"><script>alert(1)</script>' });
    expect(await response.text()).not.toContain('<script>');
  });
});
