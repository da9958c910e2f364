import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { CSRF_FAILURE_HEADER, csrfFailure } from '@/lib/core/csrf';

const ORIGIN = 'https://app.example';

function post(headers: Record<string, string>, hasSession = true, method = 'POST') {
  return csrfFailure({ method, headers: new Headers(headers) }, ORIGIN, hasSession);
}

describe('csrfFailure', () => {
  it('lets safe methods pass whatever they say', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'TRACE']) {
      expect(post({ 'sec-fetch-site': 'cross-site', origin: 'null' }, true, method)).toBeNull();
    }
  });

  it('accepts a form of this site by fetch metadata', () => {
    expect(post({ 'sec-fetch-site': 'same-origin' })).toBeNull();
    expect(post({ 'sec-fetch-site': 'none' })).toBeNull();
  });

  it('refuses a form of another site, a sibling subdomain included', () => {
    expect(post({ 'sec-fetch-site': 'cross-site' })).not.toBeNull();
    expect(post({ 'sec-fetch-site': 'same-site' })).not.toBeNull();
    expect(post({ 'sec-fetch-site': 'cross-site' }, false)).not.toBeNull();
  });

  it('compares Origin where the browser sends no fetch metadata', () => {
    expect(post({ origin: ORIGIN })).toBeNull();
    for (const origin of [
      'http://app.example',
      'https://app.example:444',
      'https://evil.example',
      'null',
    ]) {
      expect(post({ origin })).not.toBeNull();
      expect(post({ origin }, false)).not.toBeNull();
    }
  });

  it('falls back to the Referer', () => {
    expect(post({ referer: `${ORIGIN}/a/?b` })).toBeNull();
    expect(post({ referer: 'https://app.example.evil.example/' })).not.toBeNull();
  });

  it('refuses a silent request only when it carries a session', () => {
    expect(post({}, true)).not.toBeNull();
    expect(post({}, false)).toBeNull();
    expect(post({ referer: 'garbage' }, true)).not.toBeNull();
  });

  it('holds to what was found before', () => {
    const marked = { [CSRF_FAILURE_HEADER]: 'Found.', 'sec-fetch-site': 'same-origin' };
    expect(post(marked)).toBe('Found.');
    expect(post(marked, true, 'GET')).toBeNull();
  });

  it('accepts a trusted origin', async () => {
    const trusted = { CSRF_TRUSTED_ORIGINS: ['https://front.example'] };
    await overrideSettings(trusted, () => {
      const headers = { origin: 'https://front.example', 'sec-fetch-site': 'cross-site' };
      expect(post(headers)).toBeNull();
    });
  });

  it.each([
    ['https://a.wild.example', true],
    ['https://a.b.wild.example', true],
    ['https://wild.example', true],
    ['http://a.wild.example', false],
    ['https://evilwild.example', false],
    ['https://a.wild.example:8443', false],
    ['https://ported.example:8443', true],
    ['https://ported.example', false],
  ])('compares %s with a wildcard and a port: %s', async (origin, isTrusted) => {
    const trusted = ['https://*.wild.example', 'https://ported.example:8443'];
    await overrideSettings({ CSRF_TRUSTED_ORIGINS: trusted }, () => {
      expect(post({ origin }) === null).toBe(isTrusted);
    });
  });
});
