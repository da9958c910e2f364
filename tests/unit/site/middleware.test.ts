import { describe, expect, it } from 'vitest';
import { publicPaths } from '@/lib/apps/installed';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { isPublicPath } from '@/lib/contrib/auth/middleware';
import { signMessages } from '@/lib/contrib/messages/signing';
import { encodeMessages, MESSAGES_HEADER } from '@/lib/contrib/messages/storage';
import { sealSession } from '@/lib/contrib/sessions/cookie';
import { composeMiddleware, type Middleware } from '@/lib/middleware/compose';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';

const seal = {
  key: 'k'.repeat(32),
  userId: 7 as number | null,
  expires: Date.now() + 3_600_000,
  untilBrowserCloses: false,
};

type Seen = { response: Response; page: Request | null };

async function send(path: string, init: RequestInit = {}): Promise<Seen> {
  const layers = settings.MIDDLEWARE.map((name) => MIDDLEWARE_REGISTRY[name] as Middleware);
  const seen: { page: Request | null } = { page: null };
  const run = composeMiddleware(layers, async (request) => {
    seen.page = request;
    return new Response('page');
  });
  const headers = { host: 'localhost:3000', accept: 'text/html', ...init.headers };
  const response = await run(new Request(`http://localhost:3000${path}`, { ...init, headers }));
  return { response, page: seen.page };
}

async function cookieFor(userId: number | null): Promise<{ cookie: string }> {
  return { cookie: `a=b; gatehouse_session=${await sealSession({ ...seal, userId })}` };
}

describe('the pipeline', () => {
  it.each<[string, RequestInit, number]>([
    ['/', {}, 200],
    ['/dashboard/', {}, 302],
    ['/', { headers: { host: 'evil.example' } }, 400],
  ])('sends strict headers with whatever answers: %s %j, %i', async (path, init, status) => {
    const { response } = await send(path, init);
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });
});

describe('the gate beside Django’s sessions', () => {
  it.each([
    [`sessionid=${'k'.repeat(32)}`, 200],
    [`sessionid=${'K'.repeat(32)}`, 302],
    [`sessionid=${'k'.repeat(33)}`, 302],
    [`gatehouse_session=${'k'.repeat(32)}`, 302],
    ['', 302],
  ])('lets %s come to the guard, %i', async (cookie, status) => {
    const answer = () => send('/dashboard/', { headers: { cookie } });
    const { response } = await overrideSettings({ SESSION_ENGINE: 'django.db' }, answer);
    expect(response.status).toBe(status);
  });
});

describe('LoginRequiredMiddleware', () => {
  it.each([
    ['/dashboard/', '/accounts/login/?next=/dashboard/'],
    ['/dashboard/?a=1&b=2', '/accounts/login/?next=/dashboard/%3Fa%3D1%26b%3D2'],
    ['/no/such/page/', '/accounts/login/?next=/no/such/page/'],
    ['/accounts/', '/accounts/login/?next=/accounts/'],
  ])('sends a stranger from %s to %s', async (path, location) => {
    const { response, page } = await send(path);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`http://localhost:3000${location}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(page).toBeNull();
  });

  it('shows a stranger every public page', async () => {
    for (const path of publicPaths()) expect((await send(path)).page).not.toBeNull();
  });

  it('treats an anonymous session and a damaged cookie as a stranger', async () => {
    expect((await send('/dashboard/', { headers: await cookieFor(null) })).page).toBeNull();
    const damaged = { cookie: 'gatehouse_session=Fe26.2*1*garbage~2' };
    expect((await send('/dashboard/', { headers: damaged })).page).toBeNull();
  });

  it('lets a sealed user through to the guard', async () => {
    expect((await send('/dashboard/', { headers: await cookieFor(7) })).page).not.toBeNull();
  });

  it('lets a posted form through to the guard', async () => {
    expect((await send('/dashboard/', { method: 'POST' })).page).not.toBeNull();
  });
});

describe('isPublicPath', () => {
  it.each([
    '/accounts/login',
    '/accounts/login/x/',
    '/accounts/login//',
    '//accounts/login/',
    '/ACCOUNTS/LOGIN/',
    '/accounts/%6cogin/',
    '/accounts/./login/',
    '/healthz',
    '/healthzz/',
    '//',
    '/accounts/login/..%2f/',
    '',
  ])('does not take %j for a public page', (path) => {
    expect(isPublicPath(path)).toBe(false);
  });

  it('lets a name stand for exactly one segment', async () => {
    await overrideSettings({ PUBLIC_PATHS: ['/reset/:uid/:token/'] }, () => {
      expect(isPublicPath('/reset/MQ/abc-1/')).toBe(true);
      expect(isPublicPath('/reset/MQ//')).toBe(false);
      expect(isPublicPath('/reset/MQ/abc/def/')).toBe(false);
    });
  });
});

describe('SessionMiddleware', () => {
  it('seals a cookie of a retired secret again, on a document request only', async () => {
    const headers = await cookieFor(7);
    const rotated = {
      SECRET_KEY: 'a-new-secret-of-more-than-thirty-two-characters',
      SECRET_KEY_FALLBACKS: [settings.SECRET_KEY],
    };
    await overrideSettings(rotated, async () => {
      const { response } = await send('/dashboard/', { headers });
      expect(response.headers.getSetCookie()).toHaveLength(1);
      expect(response.headers.get('set-cookie')).toMatch(
        /^gatehouse_session=Fe26.*; Max-Age=3\d{3}; HttpOnly/,
      );
      const soft = { ...headers, accept: '*/*' };
      expect(
        (await send('/dashboard/', { headers: soft })).response.headers.getSetCookie(),
      ).toEqual([]);
      const prefetch = { ...headers, 'sec-purpose': 'prefetch' };
      expect(
        (await send('/dashboard/', { headers: prefetch })).response.headers.getSetCookie(),
      ).toEqual([]);
    });
  });

  it('leaves a current cookie alone', async () => {
    const { response } = await send('/dashboard/', { headers: await cookieFor(7) });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('reads only the __Host- cookie on a secure origin', async () => {
    await overrideSettings({ APP_ORIGIN: 'https://app.example' }, async () => {
      const { cookie } = await cookieFor(7);
      expect((await send('/dashboard/', { headers: { cookie } })).page).toBeNull();
      const prefixed = { cookie: cookie.replace('gatehouse_session', '__Host-gatehouse_session') };
      expect((await send('/dashboard/', { headers: prefixed })).page).not.toBeNull();
    });
  });
});

describe('several cookies of one name', () => {
  it('lets whoever has a session pass, whatever stands before or behind it', async () => {
    const { cookie } = await cookieFor(7);
    const [, own = ''] = cookie.split('; ');
    const stranger = (await cookieFor(null)).cookie.split('; ')[1];
    for (const other of ['gatehouse_session=x', 'gatehouse_session=', stranger]) {
      for (const cookies of [`${other}; ${own}`, `${own}; ${other}`]) {
        const headers = { cookie: cookies };
        expect((await send('/dashboard/', { headers })).page, cookies).not.toBeNull();
      }
    }
  });

  it('takes several that are nobody’s for a stranger', async () => {
    const headers = { cookie: 'gatehouse_session=x; gatehouse_session=Fe26.2*1*garbage~2' };
    expect((await send('/dashboard/', { headers })).page).toBeNull();
  });

  it('leaves Django’s session alone, and is not signed in by it', async () => {
    const headers = { cookie: 'sessionid=jynlj9j3wq0q2c5b7q3m1x8v4k6t9z0a' };
    const { response, page } = await send('/', { headers });
    expect(page).not.toBeNull();
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await send('/dashboard/', { headers })).page).toBeNull();
  });
});

describe('MessageMiddleware', () => {
  const waiting = encodeMessages([{ id: '1', level: 'info', text: 'Hello' }]);
  const cookieOfOurs = async () => `gatehouse_messages=${await signMessages(waiting)}`;

  it('hands waiting messages to a document and expires them', async () => {
    const { response, page } = await send('/', { headers: { cookie: await cookieOfOurs() } });
    expect(page?.headers.get(MESSAGES_HEADER)).toBe(waiting);
    expect(response.headers.get('set-cookie')).toBe('gatehouse_messages=; Path=/; Max-Age=0');
  });

  it('does so on https under a name that no sibling domain can set', async () => {
    await overrideSettings({ APP_ORIGIN: 'https://app.example' }, async () => {
      const tossed = await cookieOfOurs();
      expect(
        (await send('/', { headers: { cookie: tossed } })).page?.headers.has(MESSAGES_HEADER),
      ).toBe(false);
      const { response, page } = await send('/', { headers: { cookie: `__Host-${tossed}` } });
      expect(page?.headers.get(MESSAGES_HEADER)).toBe(waiting);
      const expired = '__Host-gatehouse_messages=; Path=/; Max-Age=0; Secure';
      expect(response.headers.getSetCookie()).toEqual([expired]);
    });
  });

  it.each([
    ['whoever owns a sibling domain', `gatehouse_messages=${waiting}`],
    ['nobody in particular', 'gatehouse_messages=%zz{"'],
    ['Django', 'messages="[[\\"__json_message\\"\\0540\\05425\\054\\"added\\"]]:1rZ:kq0"'],
  ])('shows nothing that %s has set, and leaves it where it is', async (_who, cookie) => {
    for (const MESSAGE_COOKIE_NAME of ['gatehouse_messages', 'messages']) {
      await overrideSettings({ MESSAGE_COOKIE_NAME }, async () => {
        const { response, page } = await send('/', { headers: { cookie } });
        expect(page?.headers.has(MESSAGES_HEADER)).toBe(false);
        expect(response.headers.getSetCookie()).toEqual([]);
      });
    }
  });

  it('finds ours beside another of the name', async () => {
    const ours = await cookieOfOurs();
    for (const cookie of [`gatehouse_messages=x; ${ours}`, `${ours}; gatehouse_messages=x`]) {
      const { page } = await send('/', { headers: { cookie } });
      expect(page?.headers.get(MESSAGES_HEADER)).toBe(waiting);
    }
  });

  it.each([
    ['a soft navigation', { accept: '*/*' }],
    ['a fetch', { 'sec-fetch-dest': 'empty' }],
    ['a prefetch', { 'sec-purpose': 'prefetch;prerender' }],
  ])('leaves them for the page on %s', async (_what, extra: Record<string, string>) => {
    const headers = { cookie: await cookieOfOurs(), ...extra };
    const { response, page } = await send('/', { headers });
    expect(page?.headers.has(MESSAGES_HEADER)).toBe(false);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('believes no such header from outside', async () => {
    const { page } = await send('/', { headers: { [MESSAGES_HEADER]: waiting } });
    expect(page?.headers.has(MESSAGES_HEADER)).toBe(false);
  });

  it('keeps them while the gate redirects', async () => {
    const headers = { cookie: await cookieOfOurs() };
    const { response } = await send('/dashboard/', { headers });
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
