import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { siteOrigin } from '@/lib/http/site-origin';

describe('siteOrigin', () => {
  it('is APP_ORIGIN, whatever the request says', async () => {
    const APP_ORIGIN = 'https://example.com';
    const origin = await overrideSettings({ APP_ORIGIN }, () =>
      siteOrigin({ origin: 'http://evil.example' }),
    );
    expect(origin).toBe(APP_ORIGIN);
  });

  it('is that of an allowed host without APP_ORIGIN, and of no other', async () => {
    await overrideSettings({ APP_ORIGIN: null, ALLOWED_HOSTS: ['localhost'] }, () => {
      expect(siteOrigin({ origin: 'http://localhost:3000' })).toBe('http://localhost:3000');
      for (const host of ['evil.example', 'localhost@evil.example', 'localhost.evil.example', '']) {
        expect(() => siteOrigin({ origin: `http://${host}` })).toThrow(SuspiciousOperation);
      }
    });
  });
});
