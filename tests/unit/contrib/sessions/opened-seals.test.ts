import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { openSession, sealSession } from '@/lib/contrib/sessions/cookie';
import { OpenedSeals } from '@/lib/contrib/sessions/opened-seals';

const SECRET = 'the-secret-that-a-seal-was-made-with-0123456789';
const seal = {
  key: 'k'.repeat(32),
  userId: 1,
  expires: Date.now() + 3_600_000,
  untilBrowserCloses: false,
};

describe('OpenedSeals', () => {
  it('finds a content by the whole seal and the key that opened it', () => {
    const opened = new OpenedSeals<string>(2);
    opened.add('seal', 'key', 'content');
    expect(opened.get('seal', 'key')).toBe('content');
    expect(opened.get('seal', 'another key')).toBeNull();
    expect(opened.get('sea', 'key')).toBeNull();
    expect(opened.get('seal ', 'key')).toBeNull();
  });

  it('holds no more than its limit, and lets the oldest go', () => {
    const opened = new OpenedSeals<number>(3);
    for (let i = 0; i < 10_000; i += 1) opened.add(`seal ${i}`, 'key', i);
    expect(opened.size).toBe(3);
    expect(opened.get('seal 9996', 'key')).toBeNull();
    expect(opened.get('seal 9999', 'key')).toBe(9999);
  });
});

describe('a seal that was opened before', () => {
  it('still ends at its end', async () => {
    const cookie = await sealSession(seal);
    expect(await openSession(cookie)).not.toBeNull();
    expect(await openSession(cookie, seal.expires - 1)).not.toBeNull();
    expect(await openSession(cookie, seal.expires)).toBeNull();
  });

  it('is worth nothing once its secret is gone, and stale once it is a fallback', async () => {
    const cookie = await overrideSettings({ SECRET_KEY: SECRET }, () => sealSession(seal));
    const under = (secret: string, fallbacks: string[]) =>
      overrideSettings({ SECRET_KEY: secret, SECRET_KEY_FALLBACKS: fallbacks }, () =>
        openSession(cookie),
      );
    const other = SECRET.toUpperCase();
    expect(await under(SECRET, [])).toEqual({ seal, isCurrent: true });
    expect(await under(other, [SECRET])).toEqual({ seal, isCurrent: false });
    expect(await under(other, [])).toBeNull();
    expect(await under(SECRET, [])).toEqual({ seal, isCurrent: true });
  });

  it('opens no other seal, however alike', async () => {
    const cookie = await sealSession(seal);
    expect(await openSession(cookie)).not.toBeNull();
    const parts = cookie.split('*');
    for (const index of parts.keys()) {
      const changed = parts.map((part, i) => (i === index ? `${part}0` : part)).join('*');
      expect(await openSession(changed)).toBeNull();
    }
  });

  it('cannot be changed by whoever got it', async () => {
    const cookie = await sealSession(seal);
    const opened = await openSession(cookie);
    expect(() => Object.assign(opened?.seal ?? {}, { key: 'another' })).toThrow(TypeError);
    expect(await openSession(cookie)).toEqual({ seal, isCurrent: true });
  });
});
