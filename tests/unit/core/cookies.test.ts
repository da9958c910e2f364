import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';

describe('readCookies', () => {
  it.each<[cookie: string | null, values: string[]]>([
    [null, []],
    ['', []],
    ['a=1', []],
    ['n=1', ['1']],
    ['a=0; n=1;n=2 ; b=3', ['1', '2']],
    ['n=1; n=1', ['1']],
    ['n=; n=2', ['2']],
    ['n; =n; nn=1; xn=2', []],
    ['n=a=b==', ['a=b==']],
    ['n=%E0%A4%A; n="x"', ['%E0%A4%A', '"x"']],
    ['N=1', []],
  ])('finds in %j what has the name, in the order sent', (cookie, values) => {
    const headers = new Headers(cookie === null ? {} : { cookie });
    expect(readCookies(headers, 'n')).toEqual(values);
  });

  it('reads no more than twenty', () => {
    const cookie = Array.from({ length: 500 }, (_, i) => `n=${i}`).join('; ');
    expect(readCookies(new Headers({ cookie }), 'n')).toHaveLength(20);
  });
});

describe('cookieName', () => {
  it('has the strictest prefix that its path allows, on https', () => {
    expect(cookieName('n', true)).toBe('__Host-n');
    expect(cookieName('n', true, '/accounts/login/')).toBe('__Secure-n');
    expect(cookieName('n', false, '/accounts/login/')).toBe('n');
  });
});

describe('cookiesAreSecure', () => {
  it('follows the origin unless the setting says otherwise', async () => {
    const headers = new Headers({ 'x-forwarded-proto': 'https' });
    expect(cookiesAreSecure(headers)).toBe(true);
    expect(cookiesAreSecure(new Headers())).toBe(false);
    await overrideSettings({ SESSION_COOKIE_SECURE: true }, () => {
      expect(cookiesAreSecure(new Headers())).toBe(true);
    });
  });
});
