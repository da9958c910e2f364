import { describe, expect, it, vi } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { openSession, sealSession } from '@/lib/contrib/sessions/cookie';
import { type SealedCookieOptions, sealedCookie } from '@/lib/core/sealed-cookie';

type Challenge = { challenge: string };

const options = {
  name: 'gatehouse_challenge',
  salt: 'tests.challenge',
  maxAge: 300,
  path: '/accounts/passkey/',
  parse: (content: unknown) =>
    typeof content === 'object' &&
    content !== null &&
    'challenge' in content &&
    typeof content.challenge === 'string'
      ? { challenge: content.challenge }
      : null,
} satisfies SealedCookieOptions<Challenge>;

const cookie = sealedCookie<Challenge>(options);
const content = { challenge: 'a secret thing' };

describe('a sealed cookie', () => {
  it('hides what it holds and gives it back', async () => {
    const value = await cookie.seal(content);
    expect(value).not.toContain('secret');
    expect(await cookie.open(['x', value])).toEqual(content);
    expect(await cookie.open([value], ({ challenge }) => challenge === 'another')).toBeNull();
  });

  it('is nothing once a single character is changed', async () => {
    const value = await cookie.seal(content);
    for (let i = 0; i < value.length; i += 1) {
      // What stands behind the last tilde is the version of the seal, not a part of it.
      const other = value[i] === 'A' ? 'B' : 'A';
      const changed = value.slice(0, i) + other + value.slice(i + 1);
      const opened = await cookie.open([changed]);
      if (opened) expect(opened).toEqual(content);
      if (i < value.lastIndexOf('~') - 1) expect([i, opened]).toEqual([i, null]);
    }
  });

  it('opens for no other purpose, and is no session', async () => {
    const value = await cookie.seal(content);
    const other = sealedCookie<Challenge>({ ...options, salt: 'tests.other' });
    expect(await other.open([value])).toBeNull();
    expect(await openSession(value)).toBeNull();
    const expires = Date.now() + 60_000;
    const session = await sealSession({ key: 'k', userId: 7, expires, untilBrowserCloses: false });
    expect(await cookie.open([session])).toBeNull();
  });

  it('ends by itself', async () => {
    const value = await cookie.seal(content);
    vi.useFakeTimers({ now: Date.now() + 361_000, toFake: ['Date'] });
    const opened = await cookie.open([value]);
    vi.useRealTimers();
    expect(opened).toBeNull();
  });

  it('survives a change of secret as long as the old one is a fallback', async () => {
    const value = await cookie.seal(content);
    const SECRET_KEY = 'the next secret, longer than thirty-two';
    const opened = (fallbacks: string[]) =>
      overrideSettings({ SECRET_KEY, SECRET_KEY_FALLBACKS: fallbacks }, () => cookie.open([value]));
    expect(await opened([settings.SECRET_KEY])).toEqual(content);
    expect(await opened([])).toBeNull();
  });

  it.each(['', 'Fe26.2*__proto__*a*b*c**d*e~2', 'y'.repeat(9000)])(
    'is nothing as %j',
    async (text) => {
      expect(await cookie.open([text])).toBeNull();
    },
  );

  it('is bound to its path, out of reach of scripts, and prefixed where the site is secure', () => {
    const attributes = { httpOnly: true, sameSite: 'lax', maxAge: 300 };
    expect(cookie.options(content, true)).toEqual({
      ...attributes,
      path: '/accounts/passkey/',
      secure: true,
    });
    expect([cookie.name(true), cookie.name(false)]).toEqual([
      '__Secure-gatehouse_challenge',
      'gatehouse_challenge',
    ]);
    expect(sealedCookie<Challenge>({ ...options, path: '/' }).name(true)).toMatch(/^__Host-/);
  });
});
