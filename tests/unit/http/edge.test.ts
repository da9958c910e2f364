import { NextRequest } from 'next/server';
import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { signMessages } from '@/lib/contrib/messages/signing';
import { encodeMessages, MESSAGES_HEADER } from '@/lib/contrib/messages/storage';
import { sealSession } from '@/lib/contrib/sessions/cookie';
import { RELAY_HEADER } from '@/lib/core/request-headers';
import { runMiddleware } from '@/lib/http/edge';
import type { Middleware } from '@/lib/middleware/compose';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';

const POLICY = 'content-security-policy';

/** The headers with which the page's request would come, as Next.js makes them of such an answer; null: of those that came. */
async function handedOver(
  headers: Record<string, string>,
  registry: Readonly<Record<string, Middleware>> = MIDDLEWARE_REGISTRY,
) {
  const sent = { host: 'localhost:3000', accept: 'text/html', [RELAY_HEADER]: 'by the hook' };
  const request = new NextRequest('http://localhost:3000/', { headers: { ...sent, ...headers } });
  const response = await runMiddleware(request, registry);
  expect(response.headers.get('x-middleware-next')).toBe('1');
  const names = response.headers.get('x-middleware-override-headers')?.split(',') ?? null;
  const values = names?.map((name) => [name, response.headers.get(`x-middleware-request-${name}`)]);
  return { response, page: values ? Object.fromEntries(values) : null };
}

describe('runMiddleware', () => {
  it('tells Next.js nothing of the request where only the policy was added to it', async () => {
    const { response, page } = await handedOver({});
    expect(page).toBeNull();
    expect(response.headers.get(POLICY)).toMatch(/'nonce-[\w+/=]{24}'/);
  });

  it('leaves no policy of the browser’s on the request, since the response has its own', async () => {
    const { response, page } = await handedOver({ [POLICY]: "script-src 'nonce-mine'" });
    expect(page).toBeNull();
    expect(response.headers.get(POLICY)).not.toContain('mine');
  });

  it.each([
    ['a policy that the response does not have', `${POLICY}-report-only`],
    ['messages', MESSAGES_HEADER],
    ['an Origin that says nothing', 'origin'],
  ])('takes out %s', async (_what, name) => {
    const vouched = { 'sec-fetch-site': 'same-origin' };
    const { page } = await handedOver({ ...vouched, [name]: 'null', 'x-other': 'stays' });
    expect(page).toMatchObject({ 'x-other': 'stays' });
    expect(page).not.toHaveProperty([name]);
  });

  it('hands messages over, with the policy', async () => {
    const waiting = encodeMessages([{ id: '1', level: 'info', text: 'Hello' }]);
    const cookie = `gatehouse_messages=${await signMessages(waiting)}`;
    const { response, page } = await handedOver({ cookie });
    expect(page).toMatchObject({
      [MESSAGES_HEADER]: waiting,
      [POLICY]: response.headers.get(POLICY),
    });
  });

  it('seals a session again without a word to the page', async () => {
    const seal = {
      key: 'k'.repeat(32),
      userId: 7,
      expires: Date.now() + 3_600_000,
      untilBrowserCloses: false,
    };
    const value = await overrideSettings({ SECRET_KEY: 'x'.repeat(50) }, () => sealSession(seal));
    await overrideSettings({ SECRET_KEY_FALLBACKS: ['x'.repeat(50)] }, async () => {
      const { response, page } = await handedOver({ cookie: `gatehouse_session=${value}` });
      expect(page).toBeNull();
      expect(response.headers.get('set-cookie')).toMatch(/^gatehouse_session=.*HttpOnly/);
    });
  });

  it('tells everything on a host whose requests go by no hook', async () => {
    const request = new NextRequest('http://localhost:3000/', {
      headers: { host: 'localhost:3000' },
    });
    const response = await runMiddleware(request, MIDDLEWARE_REGISTRY);
    expect(response.headers.get(`x-middleware-request-${POLICY}`)).toBe(
      response.headers.get(POLICY),
    );
  });

  it('tells everything where a layer goes on with a request of its own', async () => {
    const Own: Middleware = (request, next) => next(new Request(request, { headers: { a: 'b' } }));
    await overrideSettings({ MIDDLEWARE: ['Own'] }, async () => {
      expect((await handedOver({}, { Own })).page).toEqual({ a: 'b' });
    });
  });

  it('follows other settings', async () => {
    expect(settings.MIDDLEWARE).toContain('ContentSecurityPolicyMiddleware');
    await handedOver({});
    await overrideSettings({ MIDDLEWARE: [] }, async () => {
      expect((await handedOver({})).response.headers.has(POLICY)).toBe(false);
    });
    expect((await handedOver({})).response.headers.has(POLICY)).toBe(true);
  });
});
