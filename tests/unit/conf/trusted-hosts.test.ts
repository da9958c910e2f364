import { isCsrfOriginAllowed } from 'next/dist/server/app-render/csrf-protection';
import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { trustedHosts } from '@/lib/conf/trusted-hosts';

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
