import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import {
  openSession,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from '@/lib/contrib/sessions/cookie';

const OLD = 'an-old-secret-of-more-than-32-characters';
const NEW = 'a-new-secret-of-more-than-thirty-two-characters';
const seal = {
  key: 'k'.repeat(32),
  userId: 2147483647,
  expires: Date.now() + 30 * 24 * 3600 * 1000,
  untilBrowserCloses: false,
};

describe('sealSession', () => {
  it('keeps the cookie under 700 characters at its longest', async () => {
    const value = await sealSession(seal);
    expect(value.length + sessionCookieName(true).length).toBeLessThan(700);
  });

  it('opens again to the same content', async () => {
    expect(await openSession(await sealSession(seal))).toEqual({ seal, isCurrent: true });
  });
});

describe('openSession', () => {
  it('takes whatever is damaged, truncated, foreign or enormous for no session', async () => {
    const value = await sealSession(seal);
    const parts = value.split('*');
    const named = (id: string) => [parts[0], id, ...parts.slice(2)].join('*');
    const damaged = [
      undefined,
      '',
      'x',
      'null',
      '{}',
      '%zz',
      value.slice(0, -1),
      value.slice(0, 40),
      `x${value}`,
      value.toUpperCase(),
      value.replace(/.~2$/, '!~2'),
      named('__proto__'),
      named('constructor'),
      named('0'),
      named('toString'),
      'Fe26.2*',
      `Fe26.2*${'*'.repeat(20)}`,
      'a'.repeat(100_000),
      value.repeat(20),
    ];
    for (const cookie of damaged) expect(await openSession(cookie)).toBeNull();
  });

  it('does not open a seal after its absolute end', async () => {
    const value = await sealSession(seal);
    expect(await openSession(value, seal.expires - 1)).not.toBeNull();
    expect(await openSession(value, seal.expires)).toBeNull();
  });

  it('survives a rotated and then retired secret, and no unknown one', async () => {
    const sealed = await overrideSettings({ SECRET_KEY: OLD }, () => sealSession(seal));
    const rotated = { SECRET_KEY: NEW, SECRET_KEY_FALLBACKS: [OLD] };
    const opened = await overrideSettings(rotated, () => openSession(sealed));
    expect(opened).toEqual({ seal, isCurrent: false });
    const resealed = await overrideSettings(rotated, () => sealSession(seal));
    const retired = { SECRET_KEY: NEW, SECRET_KEY_FALLBACKS: [] };
    expect(await overrideSettings(retired, () => openSession(resealed))).toEqual({
      seal,
      isCurrent: true,
    });
    expect(await overrideSettings(retired, () => openSession(sealed))).toBeNull();
  });

  it('opens by the key, whatever its position among the fallbacks', async () => {
    const sealed = await overrideSettings({ SECRET_KEY: OLD }, () => sealSession(seal));
    const other = 'yet-another-secret-of-more-than-32-characters';
    for (const fallbacks of [
      [OLD, other],
      [other, OLD],
    ]) {
      const settings = { SECRET_KEY: NEW, SECRET_KEY_FALLBACKS: fallbacks };
      expect(await overrideSettings(settings, () => openSession(sealed))).not.toBeNull();
    }
  });
});

describe('sessionCookieOptions', () => {
  it('is secure and host-bound on https, plain on http', () => {
    expect(sessionCookieName(true)).toBe('__Host-gatehouse_session');
    expect(sessionCookieName(false)).toBe('gatehouse_session');
    expect(sessionCookieOptions(seal, true)).toMatchObject({
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
    });
    expect(sessionCookieOptions(seal, false).secure).toBe(false);
  });

  it('ends with the browser when the person did not ask to be kept signed in', () => {
    const now = seal.expires - 60_000;
    expect(sessionCookieOptions(seal, true, now).maxAge).toBe(60);
    const short = { ...seal, untilBrowserCloses: true };
    expect(sessionCookieOptions(short, true, now)).not.toHaveProperty('maxAge');
  });
});
