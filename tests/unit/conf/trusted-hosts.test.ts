import { isCsrfOriginAllowed } from 'next/dist/server/app-render/csrf-protection';
import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { devOrigins, trustedHosts } from '@/lib/conf/trusted-hosts';

describe('trustedHosts', () => {
  it('lets Next.js refuse nobody whom we trust, and trust nobody else', async () => {
    const settings = {
      APP_ORIGIN: 'https://app.example:8443',
      CSRF_TRUSTED_ORIGINS: ['https://front.example', 'https://*.wild.example'],
    };
    await overrideSettings(settings, () => {
      const trusts = (host: string) => isCsrfOriginAllowed(host, trustedHosts());
      for (const host of ['app.example:8443', 'front.example', 'wild.example', 'a.b.wild.example'])
        expect([host, trusts(host)]).toEqual([host, true]);
      for (const host of ['app.example', 'evil.example', 'evilwild.example', 'null', ''])
        expect([host, trusts(host)]).toEqual([host, false]);
    });
    await overrideSettings({ APP_ORIGIN: null }, () => expect(trustedHosts()).toEqual([]));
  });
});

describe('devOrigins', () => {
  it('lets the development server serve its scripts under every name that the site has', async () => {
    const settings = {
      ALLOWED_HOSTS: ['localhost', '192.0.2.2', '.lan.example'],
      APP_ORIGIN: 'https://x.app.example:8443',
    };
    await overrideSettings(settings, () => {
      const serves = (host: string) => isCsrfOriginAllowed(host, devOrigins());
      const names = ['127.0.0.1', '[::1]', '192.0.2.2', 'lan.example', 'a.lan.example'];
      for (const host of [...names, 'x.app.example']) {
        expect([host, serves(host)]).toEqual([host, true]);
      }
      for (const host of ['evil.example', '192.0.2.3']) {
        expect([host, serves(host)]).toEqual([host, false]);
      }
    });
    await overrideSettings({ ALLOWED_HOSTS: ['*'] }, () => {
      expect(isCsrfOriginAllowed('192.0.2.3', devOrigins())).toBe(true);
    });
  });
});
