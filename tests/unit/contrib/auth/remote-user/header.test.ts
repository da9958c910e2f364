import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { correctRemoteUser, remoteUserOf } from '@/lib/contrib/auth/remote-user/header';
import { composeMiddleware } from '@/lib/middleware/compose';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';

const BEFORE = ['SessionMiddleware', 'AuthenticationMiddleware'];
const on = { MIDDLEWARE: [...BEFORE, 'RemoteUserMiddleware', 'LoginRequiredMiddleware'] };

/** Whom the hook lets through of a header that came with these values. */
function believed(values: string[], changed: Parameters<typeof overrideSettings>[0]) {
  return overrideSettings({ TRUSTED_PROXY_HOPS: 1, ...on, ...changed }, () => {
    const headers = values.length > 0 ? { 'remote-user': values.join(', ') } : {};
    correctRemoteUser({ headers, headersDistinct: { 'remote-user': values } });
    return remoteUserOf(headers);
  });
}

describe('correctRemoteUser', () => {
  it('believes a trusted proxy', async () => {
    expect(await believed(['ada'], {})).toBe('ada');
    expect(await believed([''], {})).toBe('');
    expect(await believed([], {})).toBeNull();
    expect(await believed(['ada'], { MIDDLEWARE: ['PersistentRemoteUserMiddleware'] })).toBe('ada');
  });

  it.each([
    ['no proxy is trusted', ['ada'], { TRUSTED_PROXY_HOPS: 0 }],
    ['the middleware is not listed', ['ada'], { MIDDLEWARE: BEFORE }],
    ['the header came twice', ['root', 'ada'], {}],
    ['another header is the one', ['ada'], { REMOTE_USER_HEADER: 'X-Forwarded-User' }],
  ])('believes nobody when %s', async (_what, values, changed) => {
    expect(await believed(values, changed)).toBeNull();
  });

  it('is off by default, and takes the header out', () => {
    const headers = { 'remote-user': 'root', accept: '*/*' };
    correctRemoteUser({ headers, headersDistinct: { 'remote-user': ['root'] } });
    expect(headers).toEqual({ accept: '*/*' });
  });
});

describe('remoteUserOf', () => {
  it('reads UTF-8 as well as Latin-1', () => {
    const asNodeReads = (text: string, encoding: BufferEncoding) =>
      Buffer.from(text, encoding).toString('latin1');
    for (const encoding of ['utf8', 'latin1'] as const) {
      expect(remoteUserOf({ 'remote-user': asNodeReads('Zoë', encoding) })).toBe('Zoë');
    }
  });
});

describe('RemoteUserMiddleware', () => {
  async function statusOf(names: readonly string[], headers: Record<string, string>) {
    const layers = names.map((name) => MIDDLEWARE_REGISTRY[name]).filter((layer) => layer != null);
    const run = composeMiddleware(layers, async () => new Response('page'));
    const sent = { host: 'localhost', ...headers };
    return (await run(new Request('http://localhost/dashboard/', { headers: sent }))).status;
  }

  it('lets a stranger whom the proxy names through to the guard', async () => {
    expect(await statusOf(on.MIDDLEWARE, { 'remote-user': 'ada' })).toBe(200);
    expect(await statusOf(on.MIDDLEWARE, { 'remote-user': '' })).toBe(302);
    expect(await statusOf(on.MIDDLEWARE, {})).toBe(302);
    expect(await statusOf(settings.MIDDLEWARE, { 'remote-user': 'ada' })).toBe(302);
  });

  it.each(['RemoteUserMiddleware', 'PersistentRemoteUserMiddleware'])(
    '%s needs AuthenticationMiddleware before it',
    async (name) => {
      await expect(async () => statusOf([name], {})).rejects.toThrow('AuthenticationMiddleware');
    },
  );
});
