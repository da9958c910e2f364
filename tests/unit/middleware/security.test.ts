import { describe, expect, it } from 'vitest';
import type { Settings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import { SecurityMiddleware } from '@/lib/middleware/security';

const HTTPS = { 'x-forwarded-proto': 'https' };

async function send(
  changed: Partial<Settings> = {},
  headers: Record<string, string> = {},
  view = new Response('page'),
  path = '/a/?x=1',
): Promise<Response> {
  const request = new Request(`http://internal${path}`, {
    headers: { host: 'example.com', ...headers },
  });
  const hosts = { ALLOWED_HOSTS: ['example.com'], ...changed };
  return overrideSettings(hosts, () => SecurityMiddleware(request, async () => view));
}

describe('SecurityMiddleware', () => {
  it('sends its headers on http and https, 404 pages included', async () => {
    for (const headers of [{}, HTTPS]) {
      const response = await send({}, headers, new Response('none', { status: 404 }));
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      });
    }
  });

  it.each([
    ['no-referrer, same-origin', 'no-referrer,same-origin'],
    [['no-referrer', 'same-origin'], 'no-referrer,same-origin'],
  ])('joins several referrer policies: %j', async (SECURE_REFERRER_POLICY, sent) => {
    const response = await send({ SECURE_REFERRER_POLICY });
    expect(response.headers.get('referrer-policy')).toBe(sent);
  });

  it('keeps a header that the view has set', async () => {
    const view = new Response('page', { headers: { 'x-frame-options': 'SAMEORIGIN' } });
    expect((await send({}, {}, view)).headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it.each<[Partial<Settings>, string]>([
    [{ SECURE_HSTS_SECONDS: 3600 }, 'max-age=3600'],
    [
      {
        SECURE_HSTS_SECONDS: 3600,
        SECURE_HSTS_INCLUDE_SUBDOMAINS: true,
        SECURE_HSTS_PRELOAD: true,
      },
      'max-age=3600; includeSubDomains; preload',
    ],
    [{ SECURE_HSTS_SECONDS: 3600, SECURE_HSTS_PRELOAD: true }, 'max-age=3600; preload'],
  ])('sends HSTS over https only: %j', async (changed, value) => {
    const name = 'strict-transport-security';
    expect((await send(changed, HTTPS)).headers.get(name)).toBe(value);
    expect((await send(changed)).headers.has(name)).toBe(false);
    expect((await send({ SECURE_HSTS_SECONDS: 0 }, HTTPS)).headers.has(name)).toBe(false);
  });

  it('leaves out what a setting turns off', async () => {
    const response = await send({
      SECURE_CONTENT_TYPE_NOSNIFF: false,
      SECURE_REFERRER_POLICY: null,
      SECURE_CROSS_ORIGIN_OPENER_POLICY: null,
      SECURE_CROSS_ORIGIN_EMBEDDER_POLICY: null,
      SECURE_CROSS_ORIGIN_RESOURCE_POLICY: null,
      SECURE_PERMISSIONS_POLICY: null,
      X_FRAME_OPTIONS: null,
    });
    expect([...response.headers.keys()]).toEqual(['content-type']);
  });

  it('redirects plain http to the same address on https, when told to', async () => {
    const on = { SECURE_SSL_REDIRECT: true };
    const response = await send(on);
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe('https://example.com/a/?x=1');
    expect((await send(on, HTTPS)).status).toBe(200);
    expect((await send({})).status).toBe(200);
    const elsewhere = await send({ ...on, SECURE_SSL_HOST: 'secure.example.com' });
    expect(elsewhere.headers.get('location')).toBe('https://secure.example.com/a/?x=1');
  });

  it('leaves exempt paths and the health check on http', async () => {
    const on = { SECURE_SSL_REDIRECT: true };
    expect((await send({ ...on, SECURE_REDIRECT_EXEMPT: [/^a\/$/] })).status).toBe(200);
    expect((await send(on, {}, new Response('ok'), '/healthz/')).status).toBe(200);
  });

  it.each<Record<string, string>>([
    { host: 'evil/@x' },
    { host: '' },
    { host: 'evil.test' },
    { host: 'example.com.evil.test' },
    { host: 'evil.test:443' },
    { 'x-forwarded-host': 'evil.test' },
  ])('redirects to no host that is not ours: %j', async (headers) => {
    const response = await send({ SECURE_SSL_REDIRECT: true }, headers);
    expect(response.status).toBe(200);
    expect(response.headers.has('location')).toBe(false);
  });

  it('redirects to the host that it is told of, whatever was asked for', async () => {
    const on = { SECURE_SSL_REDIRECT: true, SECURE_SSL_HOST: 'secure.example.com' };
    const response = await send(on, { host: 'evil.test' });
    expect(response.headers.get('location')).toBe('https://secure.example.com/a/?x=1');
  });

  it('takes the leftmost scheme, and only from the header that it is told of', async () => {
    const on = { SECURE_SSL_REDIRECT: true };
    expect((await send(on, { 'x-forwarded-proto': 'https, http' })).status).toBe(200);
    const custom = { ...on, SECURE_PROXY_SSL_HEADER: ['x-forwarded-ssl', 'on'] as const };
    expect((await send(custom, { 'x-forwarded-ssl': 'on' })).status).toBe(200);
    expect((await send(custom, HTTPS)).status).toBe(301);
  });
});
