import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { makeUserCode, parseUserCode, tryUserCode, USER_CODE_ALPHABET } from '@/lib/core/user-code';

describe('a user code', () => {
  it('is eight letters of RFC 8628’s twenty, in two halves, and drawn anew each time', () => {
    expect(USER_CODE_ALPHABET).toHaveLength(20);
    expect(USER_CODE_ALPHABET).not.toMatch(/[AEIOUY0-9]/);
    const codes = Array.from({ length: 200 }, () => makeUserCode('login').code);
    for (const code of codes)
      expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(new Set(codes).size).toBe(200);
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(20);
  });

  it('is typed with any dashes, spaces and case, and nothing else', () => {
    for (const typed of ['WDJB-MJHT', 'wdjbmjht', ' wdjb – mjht ', 'W D J B\u00a0M-J-H-T']) {
      expect(parseUserCode(typed)).toBe('WDJBMJHT');
    }
    for (const typed of ['', 'WDJB-MJH', 'WDJB-MJHTT', 'WDJB-MJHA', 'WDJB_MJHT', 'ẂDJBMJHT']) {
      expect(parseUserCode(typed)).toBeNull();
    }
  });

  it('is right once, and is used up then', () => {
    const { code, stored } = makeUserCode('login');
    expect(JSON.stringify(stored)).not.toContain(code.slice(0, 4));
    expect(tryUserCode('login', stored, code.toLowerCase())).toEqual({ isRight: true, left: null });
  });

  it('is void after three wrong tries, the unreadable among them, and then for the right one too', () => {
    const { code, stored } = makeUserCode('login');
    const first = tryUserCode('login', stored, 'BBBB-BBBB');
    const second = first.left && tryUserCode('login', first.left, 'what?');
    expect([first.isRight, first.left?.triesLeft, second?.left?.triesLeft]).toEqual([false, 2, 1]);
    const third = second?.left && tryUserCode('login', second.left, 'BBBB-BBBB');
    expect(third).toEqual({ isRight: false, left: null });
    expect(tryUserCode('login', { ...stored, triesLeft: 0 }, code).isRight).toBe(false);
  });

  it('is good for one purpose and under one secret, fallbacks included', async () => {
    const { code, stored } = makeUserCode('login');
    expect(tryUserCode('verify', stored, code).isRight).toBe(false);
    const under = (fallbacks: string[]) =>
      overrideSettings(
        { SECRET_KEY: 'another secret of 32 characters…', SECRET_KEY_FALLBACKS: fallbacks },
        () => tryUserCode('login', stored, code),
      );
    const former = settings.SECRET_KEY;
    expect((await under([former])).isRight).toBe(true);
    expect((await under([])).isRight).toBe(false);
  });
});
