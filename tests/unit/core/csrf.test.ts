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

  it('says what to set where a proxy writes another Host than the browser has', () => {
    const tunnel = {
      host: 'localhost:3000',
      origin: 'https://abc-3000.tunnel.example',
      'sec-fetch-site': 'same-origin',
    };
    const ours = 'http://localhost:3000';
    const reason = csrfFailure({ method: 'POST', headers: new Headers(tunnel) }, ours, true);
    expect(reason).toContain(tunnel.origin);
    expect(reason).toContain(ours);
    expect(reason).toContain('APP_ORIGIN');
  });

  it.each<Record<string, string>>([
    { host: 'app.example', origin: 'http://app.example' },
    { host: 'app.example:443', origin: 'https://app.example' },
    { host: 'app.example:80', origin: 'http://app.example' },
    { host: 'LOCALHOST:3000', origin: 'http://localhost:3000' },
    { host: 'localhost:3000', 'x-forwarded-host': 'app.test', origin: 'https://app.test' },
    { host: 'localhost:3000', origin: ORIGIN },
    { host: 'app.example', origin: 'null' },
    { host: 'app.example', origin: 'garbage' },
    { host: 'app.example', origin: '' },
  ])('believes the browser about %j', (headers) => {
    expect(post({ ...headers, 'sec-fetch-site': 'same-origin' })).toBeNull();
    expect(post({ ...headers, 'sec-fetch-site': 'none' })).toBeNull();
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
