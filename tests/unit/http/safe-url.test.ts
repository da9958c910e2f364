import { describe, expect, it } from 'vitest';
import { getSafeNext, urlHasAllowedHostAndScheme } from '@/lib/http/safe-url';

// Django 6.0's verdicts: on http, with require_https, and with no host allowed.
const CASES: [url: string, http: boolean, https: boolean, noHost: boolean][] = [
  ['/', true, true, true],
  ['foo/', true, true, true],
  ['?a=1', true, true, true],
  ['/foo?next=http://evil.com', true, true, true],
  ['view/?param=//example.com', true, true, true],
  ['/view/?param=https://example.com', true, true, true],
  ['http://testserver/', true, false, false],
  ['HTTPS://testserver/', true, true, false],
  ['//testserver/', true, false, false],
  ['//TESTSERVER/', false, false, false],
  ['http://testserver:8000/', false, false, false],
  ['/url%20with%20spaces/', true, true, true],
  ['path/http:2222222222', true, true, true],
  ['ftp:9999999999', false, false, false],
  ['http://eviltestserver/', false, false, false],
  ['http://testserver@evil.com/', false, false, false],
  ['http://evil.com/testserver', false, false, false],
  ['http:///example.com', false, false, false],
  ['ftp://example.com', false, false, false],
  ['\\\\example.com', false, false, false],
  ['/\\\\/example.com', false, false, false],
  ['/\\/example.com', false, false, false],
  ['/\\example.com', false, false, false],
  ['http:\\/example.com', false, false, false],
  ['\\\\testserver/', true, false, false],
  ['\\testserver', true, true, true],
  ['JAVASCRIPT:alert(1)', false, false, false],
  ['mailto:a@b.c', false, false, false],
  ['java\nscript:alert(x)', false, false, false],
  ['\u0000//example.com', false, false, false],
  [' /foo/ ', true, true, true],
  ['\t/foo', true, true, true],
  ['', false, false, false],
  ['http://otherserver\\@example.com', false, false, false],
  ['http://testserver\\me:pass@example.com', false, false, false],
  ['http:\\\\testserver\\confirm\\me@example.com', false, false, false],
  ['http://2001:cdba:0000:0000:0000:0000:3257:9652]/', false, false, false],
  ['////example.com', false, false, false],
  ['/ /example.com', true, true, true],
  ['///', false, false, false],
  ['%2F%2Fexample.com', true, true, true],
  ['/.//example.com', true, true, true],
  ['//example.com/', false, false, false],
  ['http://', false, false, false],
  ['http:', false, false, false],
  ['https:/testserver', false, false, false],
  ['http//evil.com', true, true, true],
  ['/\n/example.com', false, false, false],
  ['http://testserver\t/', true, false, false],
  ['http://ｔestserver/', false, false, false],
  ['http://testserver。evil.com', false, false, false],
  ['\u2028//example.com', false, false, false],
  ['/\u2028foo', true, true, true],
  ['\u0085/foo', true, true, true],
  ['./foo', true, true, true],
  ['testserver', true, true, true],
  ['http://testserver#@evil.com', true, false, false],
  ['/a;b', true, true, true],
  ['https://testserver:443/', false, false, false],
  ['http://127.0.0.1/', false, false, false],
  ['x'.repeat(5000), false, false, false],
];

describe('urlHasAllowedHostAndScheme', () => {
  it.each(CASES)('judges %j as Django does', (url, http, https, noHost) => {
    const allowedHosts = ['testserver'];
    expect(urlHasAllowedHostAndScheme(url, { allowedHosts })).toBe(http);
    expect(urlHasAllowedHostAndScheme(url, { allowedHosts, requireHttps: true })).toBe(https);
    expect(urlHasAllowedHostAndScheme(url, { allowedHosts: [] })).toBe(noHost);
  });

  it('refuses what is absent', () => {
    expect(urlHasAllowedHostAndScheme(null, { allowedHosts: ['testserver'] })).toBe(false);
    expect(urlHasAllowedHostAndScheme(undefined, { allowedHosts: ['testserver'] })).toBe(false);
  });

  it('accepts user-info only when the allowed host has it', () => {
    const url = 'http://user:pass@testserver/';
    expect(urlHasAllowedHostAndScheme(url, { allowedHosts: ['testserver'] })).toBe(false);
    expect(urlHasAllowedHostAndScheme(url, { allowedHosts: ['user:pass@testserver'] })).toBe(true);
  });
});

describe('getSafeNext', () => {
  const request = { origin: 'http://testserver', isSecure: false };

  it('takes a path of this site from the query', () => {
    expect(getSafeNext(request, { next: '/g/?a=1' })).toBe('/g/?a=1');
  });

  it.each([
    ['/grüße/ und/', '/gr%C3%BC%C3%9Fe/%20und/'],
    ['/a\u202e"<b>\u0007', '/a%E2%80%AE%22%3Cb%3E%07'],
    ['/x%20y/?q=1&r=[2]#z', '/x%20y/?q=1&r=[2]#z'],
    ['/\ud800', '/%EF%BF%BD'],
  ])('gives %j in a form that a header can hold', (next, location) => {
    expect(getSafeNext(request, { next })).toBe(location);
  });

  it('judges a posted next alone', () => {
    const form = new FormData();
    form.set('next', '//evil');
    expect(getSafeNext(request, form)).toBeNull();
  });

  it('wants https on a secure site', () => {
    const secure = { origin: 'https://testserver', isSecure: true };
    expect(getSafeNext(secure, { next: 'http://testserver/x' })).toBeNull();
    expect(getSafeNext(secure, { next: 'https://testserver/x' })).toBe('https://testserver/x');
  });

  // Django takes each of these for a path of this site.
  it.each([
    '/.//evil.example/',
    '/.//evil.example/%ff',
    '/./\\evil.example/',
    '/x/..//evil.example/',
    '/x/../\\evil.example/',
    '/x/.././/evil.example/',
    '/%2e//evil.example/',
    '/x/%2E%2e//evil.example/',
    './/evil.example/',
    '..//evil.example/',
    '../../..//evil.example/',
    'x/../..//evil.example/',
    '/.\t//evil.example/',
    '/%2f/evil.example/',
    '/%2Fevil.example/',
    '/%5cevil.example/',
    '/%5C%5cevil.example/',
    '/%252f/evil.example/',
    '/%25252fevil.example/',
    '/%09/evil.example/',
    '/%2509/evil.example/',
    '/%252e%252e/%2e//evil.example/',
    '/.%2f/evil.example/',
    'http://testserver/.//evil.example/',
    'http://testserver//evil.example/',
    'http://testserver/%2fevil.example/',
    '//testserver/.//evil.example/',
  ])('refuses %j, which a browser or its script may take for another host', (next) => {
    expect(getSafeNext(request, { next })).toBeNull();
    expect(getSafeNext({ origin: '', isSecure: false }, { next })).toBeNull();
  });

  it.each([
    '/a//b/',
    '/a/..%2fb/',
    '/%20/',
    '/%2520x%25/',
    '/x%/',
    '/?next=//evil.example/',
    '/#//evil.example/',
    '/g%C3%BC/',
    'x/../y/',
    'http://testserver/a/',
    'https://testserver/a/',
  ])('lets %j pass as it is', (next) => {
    expect(getSafeNext(request, { next })).toBe(next);
  });
});
