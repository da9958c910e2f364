import { describe, expect, it } from 'vitest';
import { settings } from '@/lib/conf/settings';
import { isWithin, parseNetworks } from '@/lib/extras/tokens/networks';
import { waitOf } from '@/lib/extras/tokens/rate';
import { isTokenText, makeTokenText } from '@/lib/extras/tokens/token-text';
import { composeMiddleware, type Middleware } from '@/lib/middleware/compose';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';
import { inspect } from '@/tests/support/entry-points';
import { readSource, sourceFiles } from '@/tests/support/sources';

/** Whether the middleware lets a request reach its guard. */
async function passes(path: string, init: RequestInit = {}): Promise<boolean> {
  const layers = settings.MIDDLEWARE.map((name) => MIDDLEWARE_REGISTRY[name] as Middleware);
  let isReached = false;
  const run = composeMiddleware(layers, async () => {
    isReached = true;
    return new Response('page');
  });
  const headers = { host: 'localhost:3000', accept: 'text/html', ...init.headers };
  await run(new Request(`http://localhost:3000${path}`, { ...init, headers }));
  return isReached;
}

describe('the gate at the Edge', () => {
  it('lets programs on to the guard, which answers them', async () => {
    expect(await passes('/dashboard/')).toBe(false);
    expect(await passes('/dashboard/', { headers: { authorization: 'Basic YTpi' } })).toBe(false);
    expect(await passes('/dashboard/', { headers: { authorization: 'Bearer x' } })).toBe(true);
    expect(await passes('/dashboard/', { headers: { authorization: 'bearer x' } })).toBe(true);
    expect(await passes('/api/nothing/')).toBe(true);
    expect(await passes('/apis/')).toBe(false);
    const foreign = { authorization: 'Bearer x', origin: 'https://evil.example' };
    expect(await passes('/api/articles/', { method: 'POST', headers: foreign })).toBe(true);
  });

  it.each<[string, boolean]>([
    ['application/json', true],
    ['application/problem+json', true],
    ['application/json, text/html;q=0.5', true],
    ['text/html, application/json;q=0.9', false],
    ['application/json;q=0', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', false],
    ['*/*', false],
    ['', false],
  ])('takes who accepts %s for a program: %s', async (accept, isProgram) => {
    expect(await passes('/dashboard/', { headers: { accept } })).toBe(isProgram);
  });
});

it('of the pages of the app a stranger enters the one that turns them away only', () => {
  const files = sourceFiles('app').filter((file) => file.startsWith('app/(tokens)/'));
  const found = files.flatMap((file) => inspect(file, readSource(file)).entryPoints);
  const open = found.filter(({ guard }) => guard === 'loginNotRequired');
  expect(open.map(({ file }) => file)).toEqual(['app/(tokens)/accounts/tokens/service/page.tsx']);
  expect(found.length).toBeGreaterThan(8);
});

describe('the text of a token', () => {
  it('has a checksum that every changed character breaks', () => {
    const text = makeTokenText();
    expect(text).toMatch(/^gth_[0-9A-Za-z]{36}$/);
    expect(isTokenText(text)).toBe(true);
    for (let at = 4; at < text.length; at += 1) {
      const other = text[at] === 'x' ? 'y' : 'x';
      expect(isTokenText(text.slice(0, at) + other + text.slice(at + 1))).toBe(false);
    }
    expect(isTokenText(`${text}0`)).toBe(false);
    expect(makeTokenText()).not.toBe(text);
  });
});

describe('networks', () => {
  it.each([
    ['', ''],
    ['192.0.2.1', '192.0.2.1/32'],
    ['192.0.2.0/24,  2001:DB8::/32\n192.0.2.0/24', '192.0.2.0/24\n2001:db8::/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
  ])('%j are kept as %j', (text, kept) => {
    expect(parseNetworks(text)).toBe(kept);
  });

  it.each([
    '192.0.2',
    '192.0.2.0/33',
    '2001:db8::/129',
    '192.0.2.1:80',
    '[::1]',
    '1.2.3.4/',
    'x',
    '1.2.3.4/8/8',
    'fe80::1%eth0',
  ])('%s is none', (text) => {
    expect(parseNetworks(text)).toBeNull();
  });

  it('hold the addresses within them and no others', () => {
    const networks = parseNetworks('192.0.2.0/25 2001:db8::/33') ?? '';
    const within = ['192.0.2.127', '2001:db8:7fff::1', '::ffff:192.0.2.1'];
    const outside = ['192.0.2.128', '2001:db8:8000::1', '', 'unknown', '0.0.0.0'];
    for (const address of within)
      expect([address, isWithin(networks, address)]).toEqual([address, true]);
    for (const address of outside)
      expect([address, isWithin(networks, address)]).toEqual([address, false]);
    expect(isWithin('', '')).toBe(true);
  });
});

describe('the rate of a token', () => {
  it('lets so many requests through in so many seconds, and counts anew after them', () => {
    const { requests, per } = settings.TOKENS_RATE;
    const start = 1_000_000;
    for (let i = 0; i < requests; i += 1) expect(waitOf(-1, start + i)).toBeNull();
    expect(waitOf(-1, start + 1000)).toBe(per - 1);
    expect(waitOf(-2, start + 1000)).toBeNull();
    expect(waitOf(-1, start + per * 1000)).toBeNull();
    expect(waitOf(-1, start - 5)).toBeNull();
  });
});
