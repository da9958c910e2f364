import { sealData } from 'iron-session';
import { describe, expect, it, vi } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { RESET_COOKIE_AGE, resetCookie } from '@/lib/contrib/auth/passwords/reset-cookie';
import { openSession, sealSession } from '@/lib/contrib/sessions/cookie';
import { sha256Hex } from '@/lib/core/crypto';

const link = { uidb64: 'Nw', token: 'd1p9c0-62b8554eda496384e9eec57df530f7ab' };

describe('the cookie of an opened link', () => {
  it('holds the link, unreadable, and gives it back', async () => {
    const cookie = await resetCookie.seal(link);
    expect(await resetCookie.open([cookie])).toEqual(link);
    expect(cookie).not.toContain(link.token);
    expect(cookie.length).toBeLessThan(500);
  });

  it('is found behind others of its name', async () => {
    expect(await resetCookie.open(['Fe26.2*1*x', 'y', await resetCookie.seal(link)])).toEqual(link);
  });

  it('ends by itself', async () => {
    const cookie = await resetCookie.seal(link);
    vi.useFakeTimers({ now: Date.now() + (RESET_COOKIE_AGE + 120) * 1000, toFake: ['Date'] });
    const opened = await resetCookie.open([cookie]);
    vi.useRealTimers();
    expect(opened).toBeNull();
  });

  it('survives a change of secret as long as the old one is a fallback', async () => {
    const cookie = await resetCookie.seal(link);
    const SECRET_KEY = 'the next secret, longer than thirty-two';
    const SECRET_KEY_FALLBACKS = [settings.SECRET_KEY];
    const opened = (fallbacks: string[]) =>
      overrideSettings({ SECRET_KEY, SECRET_KEY_FALLBACKS: fallbacks }, () =>
        resetCookie.open([cookie]),
      );
    expect(await opened(SECRET_KEY_FALLBACKS)).toEqual(link);
    expect(await opened([])).toBeNull();
  });

  it('is no session, and a session is no opened link', async () => {
    const expires = Date.now() + 60_000;
    const session = await sealSession({ key: 'k', userId: 7, expires, untilBrowserCloses: false });
    expect(await resetCookie.open([session])).toBeNull();
    expect(await openSession(await resetCookie.seal(link))).toBeNull();
  });

  it('is nothing under the secret itself or the key of the session’s cookie', async () => {
    const keys = [
      settings.SECRET_KEY,
      sha256Hex(`gatehouse.sessions.cookie${settings.SECRET_KEY}`),
    ];
    for (const key of keys) {
      const id = Number.parseInt(sha256Hex(key).slice(0, 8), 16) >>> 1;
      const sealed = await sealData({ u: 'Nw', t: link.token }, { password: { [id]: key } });
      expect(await resetCookie.open([sealed])).toBeNull();
    }
  });

  it.each(['', 'x', 'Fe26.2*1*x', 'Fe26.2*__proto__*a*b*c**d*e~2', 'y'.repeat(9000)])(
    'is nothing when it is %j',
    async (cookie) => {
      expect(await resetCookie.open([cookie])).toBeNull();
    },
  );

  it('is nothing under a foreign secret', async () => {
    const password = 'somebody else’s secret of thirty-two';
    expect(await resetCookie.open([await sealData({ u: 'Nw', t: 'x' }, { password })])).toBeNull();
  });

  it('is bound to one page, out of reach of scripts, and secure where the site is', () => {
    expect(resetCookie.options(link, true)).toEqual({
      path: '/accounts/reset/Nw/set-password/',
      httpOnly: true,
      sameSite: 'lax',
      secure: true,
      maxAge: RESET_COOKIE_AGE,
    });
    expect([resetCookie.name(true), resetCookie.name(false)]).toEqual([
      '__Secure-gatehouse_reset',
      'gatehouse_reset',
    ]);
  });
});
