import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as remoteUserHeader from '@/lib/contrib/auth/remote-user/header';
import { getLogger } from '@/lib/core/logging';
import { currentExchange } from '@/lib/http/server/exchange';
import { loggedPath } from '@/lib/http/server/logged-path';
import { installRequestHook } from '@/lib/http/server/request-hook';
import { openDoor } from '@/tests/support/door';

const takeOff = installRequestHook(remoteUserHeader);
const door = await openDoor({
  ALLOWED_HOSTS: ['testserver'],
  ACCESS_LOG: true,
  LOG_FORMAT: 'json',
});
const logged: Record<string, unknown>[] = [];

afterAll(async () => {
  takeOff();
  await door.close();
});

beforeEach(() => {
  logged.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(
    (chunk) => logged.push(JSON.parse(String(chunk))) > 0,
  );
});

const ACCESS = {
  logger: 'http.access',
  level: 'info',
  method: 'GET',
  status: 200,
  ip: '127.0.0.1',
};
const PROXY = { TRUSTED_PROXY_HOPS: 1 };

describe('the access log', () => {
  it('has a line for a request, without the query, under the id that the answer has', async () => {
    const { headers } = await door.ask('GET /dashboard/?token=secret');
    const id = headers.get('x-request-id');
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(logged).toMatchObject([{ ...ACCESS, path: '/dashboard/', request_id: id }]);
    expect(door.seen[0]?.headers['x-request-id']).toBe(id);
  });

  it('has none for probes and built files that went well', async () => {
    for (const path of ['/healthz/', '/livez/', '/readyz', '/_next/static/a.js']) {
      await door.ask(`GET ${path}`, { changed: { DEBUG: true } });
    }
    expect(logged).toEqual([]);
    door.bare = () => ({ status: 503, body: 'ending' });
    await door.ask('GET /readyz/');
    door.bare = () => ({ status: 200, body: 'page' });
    expect(logged).toMatchObject([{ path: '/readyz/', status: 503 }]);
  });

  it('has one for what no view was asked', async () => {
    await door.ask('TRACE /', { headers: { rsc: '1' } });
    expect(logged).toMatchObject([{ method: 'TRACE', status: 405, path: '/' }]);
  });

  it('keeps the id of a trusted proxy, and of nobody else', async () => {
    const headers = { 'x-request-id': 'from-the-proxy-1' };
    await door.ask('GET /', { headers });
    expect(logged[0]?.['request_id']).not.toBe('from-the-proxy-1');
    await door.ask('GET /', { headers, changed: PROXY });
    expect(logged[1]?.['request_id']).toBe('from-the-proxy-1');
    await door.ask('GET /', { headers: { 'x-request-id': '<script>' }, changed: PROXY });
    expect(logged[2]?.['request_id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('names the request in what is written while it is answered', async () => {
    door.bare = () => {
      getLogger('shop').info('Sold.');
      return { status: 200, body: 'page' };
    };
    const { headers } = await door.ask('GET /');
    expect(logged[0]).toMatchObject({ logger: 'shop', request_id: headers.get('x-request-id') });
  });

  it.each([
    ['what no view is asked', 'TRACE /', ['rsc: 1'], ''],
    [
      'what is refused once it has arrived',
      'POST /a/',
      ['rsc: 1', 'content-length: 9'],
      'a=bcdefgh',
    ],
    ['what arrives in pieces', 'POST /a/', ['transfer-encoding: chunked'], '1\r\nx\r\n0\r\n\r\n'],
    ['a page', 'GET /b/', [], ''],
  ])(
    'names %s by its own id alone, whatever its connection has carried',
    async (_, head, lines, body) => {
      door.bare = () => {
        const exchange = currentExchange();
        if (exchange?.url === '/') exchange.userId = 7;
        return { status: 200, body: 'page' };
      };
      const fields = [...lines, 'host: testserver', 'x-request-id: second', 'connection: close'];
      await door.ask('GET /', {
        headers: { 'x-request-id': 'first', connection: 'keep-alive' },
        next: [`${head} HTTP/1.1`, ...fields, '', body].join('\r\n'),
        changed: { ...PROXY, DATA_UPLOAD_MAX_MEMORY_SIZE: 8 },
      });
      expect(logged).toMatchObject([{ request_id: 'first', user_id: 7 }, { request_id: 'second' }]);
      expect(logged[1]).not.toHaveProperty('user_id');
    },
  );

  it('tells of each answer on a channel, probes too', async () => {
    const heard: unknown[] = [];
    const hear = (message: unknown) => heard.push(message);
    subscribe('gatehouse:http:request', hear);
    await door.ask('GET /livez/');
    unsubscribe('gatehouse:http:request', hear);
    expect(heard).toEqual([
      { method: 'GET', status: 200, path: '/livez/', seconds: expect.any(Number) },
    ]);
  });
});

describe('loggedPath', () => {
  it.each([
    [
      '/accounts/reset/MQ/c0ffee-0123456789abcdef0123456789abcdef/',
      '/accounts/reset/:uidb64/:token/',
    ],
    ['/accounts/reset/MQ/c0ffee?x=1', '/accounts/reset/:uidb64/:token/'],
    ['/admin/auth/user/7/change/?q=secret', '/admin/auth/user/7/change/'],
    [`/x/${'a'.repeat(40)}/`, '/x/…/'],
    ['/', '/'],
  ])('of %s is %s', (url, path) => {
    expect(loggedPath(url)).toBe(path);
  });
});
