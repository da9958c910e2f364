import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as remoteUserHeader from '@/lib/contrib/auth/remote-user/header';
import { currentExchange } from '@/lib/http/server/exchange';
import { installRequestHook } from '@/lib/http/server/request-hook';
import { openDoor } from '@/tests/support/door';

const LIMIT = 1024;

const takeOff = installRequestHook(remoteUserHeader);
const door = await openDoor({
  DATA_UPLOAD_MAX_MEMORY_SIZE: LIMIT,
  ALLOWED_HOSTS: ['testserver'],
});
const { ask } = door;

afterAll(async () => {
  takeOff();
  await door.close();
});

const FIXED = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

describe('the front door', () => {
  beforeAll(() => {
    door.bare = () => ({ status: 200, body: 'page' });
  });

  it.each([
    'GET /accounts/login/',
    'GET /icon.svg',
    'GET /_next/static/chunks/a.js',
    'GET /admin',
    'TRACE /',
    'GET *',
    'GET /%ff/',
    'CONNECT testserver:443',
    'NONSENSE /',
    'POST /',
  ])('gives the answer to %s the fixed headers', async (head) => {
    const { headers } = await ask(head);
    expect(Object.fromEntries(headers)).toMatchObject(FIXED);
    expect(headers.has('strict-transport-security')).toBe(false);
  });

  it('tells whoever runs the site of a host that is none of its names, once a minute', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    for (const host of ['192.0.2.7:4040', '192.0.2.7:4040', 'other.test']) {
      const { status, body } = await ask('GET /', { headers: { host } });
      expect(status).toBe(400);
      expect(body).toContain('ALLOWED_HOSTS');
    }
    const lines = warn.mock.calls.map(([line]) => String(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/ALLOWED_HOSTS.*192\.0\.2\.7:4040/);
  });

  it('sends HSTS over https only, and nothing that a setting turns off', async () => {
    const https = { 'x-forwarded-proto': 'https' };
    const changed = { TRUSTED_PROXY_HOPS: 1, SECURE_HSTS_SECONDS: 60 };
    const { headers } = await ask('GET /icon.svg', { headers: https, changed });
    expect(headers.get('strict-transport-security')).toBe('max-age=60');
    const without = { MIDDLEWARE: ['CommonMiddleware'] };
    const bare = await ask('GET /icon.svg', { changed: without });
    for (const name of Object.keys(FIXED)) expect(bare.headers.has(name)).toBe(false);
    const off = await ask('GET /icon.svg', { changed: { SECURE_CONTENT_TYPE_NOSNIFF: false } });
    expect(off.headers.has('x-content-type-options')).toBe(false);
  });

  it.each(['TRACE', 'PROPFIND', 'PURGE', 'LINK', 'M-SEARCH'])(
    'lets the page tell that %s is no way to ask, and runs nothing',
    async (method) => {
      await ask(`${method} /dashboard/?a=1`);
      expect(door.seen).toMatchObject([{ method: 'GET', url: '/dashboard/?a=1', refused: 405 }]);
    },
  );

  it.each(['CONNECT testserver:443', 'NONSENSE /', 'trace /'])(
    'answers %s with the methods that there are',
    async (head) => {
      const { status, headers } = await ask(head);
      expect([status, headers.get('allow')]).toEqual([
        405,
        'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      ]);
      expect(door.seen).toEqual([]);
    },
  );

  it.each(['GET *', 'OPTIONS *', 'GET ftp://testserver/', 'GET testserver/'])(
    'answers %s, which names no page, with 400',
    async (head) => {
      expect((await ask(head)).status).toBe(400);
      expect(door.seen).toEqual([]);
    },
  );

  it('takes the host of a whole address, and judges that', async () => {
    expect((await ask('GET http://evil.test/admin/')).status).toBe(400);
    const evil = { headers: { host: 'evil.test' } };
    expect((await ask('GET http://testserver:81/admin/?a', evil)).status).toBe(200);
    expect(door.seen).toMatchObject([{ url: '/admin/?a', headers: { host: 'testserver:81' } }]);
  });

  it.each(['/', '/admin', '/icon.svg', '/_next/image', '//evil/', '/healthz/x/'])(
    'refuses %s under a name that is not ours, but not the health check',
    async (path) => {
      const headers = { host: 'evil.test' };
      expect((await ask(`GET ${path}`, { headers })).status).toBe(400);
      expect((await ask('GET /healthz/', { headers })).status).toBe(200);
      expect((await ask('GET /healthz', { headers })).status).toBe(200);
      const changed = { MIDDLEWARE: ['SecurityMiddleware'] };
      expect((await ask(`GET ${path}`, { headers, changed })).status).toBe(200);
    },
  );

  it.each([
    ['/admin/%ff/', '/admin/%25ff/'],
    ['/admin/%ff', '/admin/%25ff/'],
    ['/%', '/%25/'],
    ['/%zz/?a=%ff', '/%25zz/'],
    ['/a/%c0%80/', '/a/%25c0%2580/'],
    ['/%ed%a0%80/', '/%25ed%25a0%2580/'],
    ['/admin/%00/', '/admin/%2500/'],
    ['/%E2%28/', '/%25E2%2528/'],
  ])('takes %s, which stands for no text, as it is written', async (path, url) => {
    await ask(`GET ${path}`);
    expect(door.seen).toMatchObject([{ url, headers: { 'x-gatehouse-asked-for': path } }]);
    expect(door.seen[0]?.refused).toBeUndefined();
  });

  it.each(['/accounts/reset/%ff/x/', '/accounts/reset/x/%e2%28'])(
    'lets the start page tell that there is nothing at the public address %s',
    async (path) => {
      await ask(`POST ${path}`, { headers: { 'content-length': '3' }, body: ['a=b'] });
      expect(door.seen).toMatchObject([{ method: 'GET', url: '/', refused: 404 }]);
      const data = await ask(`POST ${path}`, { headers: { rsc: '1', 'content-length': '0' } });
      expect([data.status, door.seen[0]?.refused]).toEqual([200, undefined]);
    },
  );

  it.each(['/', '/%20/?q=%ff', '/a%2fb/', '/gr%C3%BC%C3%9Fe/', '/a//%ff/', '/\\%ff/'])(
    'leaves %s as it is',
    async (path) => {
      await ask(`GET ${path}`);
      expect(door.seen).toMatchObject([{ method: 'GET', url: path }]);
      expect(door.seen[0]?.headers['x-gatehouse-asked-for']).toBeUndefined();
    },
  );

  it('believes no mark of its own from outside', async () => {
    const forged = { 'x-gatehouse-refused': '404', 'x-gatehouse-asked-for': '/x/' };
    await ask('GET /dashboard/', { headers: forged });
    expect(door.seen[0]?.headers).not.toHaveProperty('x-gatehouse-refused');
    expect(door.seen[0]?.headers).not.toHaveProperty('x-gatehouse-asked-for');
  });
});

describe('a body', () => {
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  const text = 'x'.repeat(LIMIT);
  const announced = (body: string, headers: Record<string, string> = {}) =>
    ask('POST /a/', { headers: { 'content-length': `${body.length}`, ...headers }, body: [body] });
  const chunked = (bodies: string[], headers: Record<string, string> = {}) =>
    ask('POST /a/', {
      headers: { 'transfer-encoding': 'chunked', ...headers },
      body: [...bodies.map(chunk), '0\r\n\r\n'],
    });

  beforeAll(() => {
    door.bare = () => ({ status: 200, body: 'page' });
  });

  it('arrives as it came, announced or in pieces, up to the limit', async () => {
    await announced(text);
    expect(door.seen).toMatchObject([{ method: 'POST', body: text }]);
    await chunked(['abc', 'd'.repeat(LIMIT - 4), 'e']);
    expect(door.seen).toMatchObject([{ method: 'POST', body: `abc${'d'.repeat(LIMIT - 4)}e` }]);
    await chunked([]);
    expect(door.seen).toMatchObject([{ method: 'POST', body: '' }]);
  });

  it('over the limit is told of by the page, which gets nothing of it', async () => {
    const sent = [
      () => announced(`${text}x`),
      () => announced('y'.repeat(300_000)),
      () => chunked([text, 'x']),
      () => chunked(Array.from({ length: 300 }, () => text)),
    ];
    for (const send of sent) {
      await send();
      expect(door.seen).toMatchObject([{ method: 'GET', url: '/a/', refused: 413, body: '' }]);
      const names = Object.keys(door.seen[0]?.headers ?? {});
      expect(names).not.toContain('content-length');
      expect(names).not.toContain('transfer-encoding');
    }
  });

  it('of a script that is over the limit is answered with the reason as text', async () => {
    const headers = { 'next-action': 'a', accept: 'text/x-component' };
    for (const send of [
      () => announced(`${text}x`, headers),
      () => chunked([text, 'x'], headers),
    ]) {
      const answered = await send();
      expect(answered.status).toBe(413);
      expect(answered.headers.get('content-type')).toBe('text/plain');
      expect(answered.headers.get('cache-control')).toBe('no-store');
      expect(answered.body).toMatch(/^At most 1 kB can be sent with one form/);
      expect(door.seen).toEqual([]);
    }
  });
});

describe('what Next.js answers by itself', () => {
  const post = { headers: { 'content-length': '2' }, body: ['%%'] };

  it.each([undefined, 'text/plain'])('gets a document of ours: %s', async (type) => {
    door.bare = () => ({ status: 500, body: 'Internal Server Error', ...(type && { type }) });
    const failed = await ask('GET /a/');
    expect(failed.status).toBe(500);
    const unread = await ask('POST /a/', post);
    expect(unread.status).toBe(400);
    for (const { headers, body } of [failed, unread]) {
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatch(/<h1>(Bad request|Server error)<\/h1>/);
      expect(body).not.toContain('Internal Server Error');
    }
  });

  it('to a script that could not be read is a 400 with its body left alone', async () => {
    door.bare = () => ({ status: 500, body: '0:{}', type: 'text/x-component' });
    const headers = { ...post.headers, 'next-action': 'a' };
    const { status, body } = await ask('POST /a/', { ...post, headers });
    expect([status, body]).toEqual([400, '0:{}']);
  });

  it('is left alone where a guard has answered', async () => {
    door.bare = () => {
      const exchange = currentExchange();
      if (exchange) exchange.isGuarded = true;
      return { status: 500, body: 'Server error, reference 1.\n', type: 'text/plain' };
    };
    const { status, body } = await ask('POST /a/', post);
    expect([status, body]).toEqual([500, 'Server error, reference 1.\n']);
  });
});
