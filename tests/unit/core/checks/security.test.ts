import { describe, expect, it } from 'vitest';
import type { Settings } from '@/lib/conf/global-settings';
import { overrideSettings, settings } from '@/lib/conf/settings';
import type { CheckMessage } from '@/lib/core/checks/registry';
import {
  checkContentSecurityPolicy,
  checkSecurityMiddleware,
  checkSecuritySettings,
} from '@/lib/core/checks/security';

async function ids(changed: Partial<Settings>, check: () => CheckMessage[]): Promise<string[]> {
  return overrideSettings(changed, () => check().map(({ level, id }) => `${level} ${id}`));
}

const without = (name: string) => ({
  MIDDLEWARE: settings.MIDDLEWARE.filter((each) => each !== name),
});

/** Nothing to find. */
const STRICT: Partial<Settings> = {
  SECURE_SSL_REDIRECT: true,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: true,
  SECURE_HSTS_PRELOAD: true,
};

describe('checkSecurityMiddleware', () => {
  it.each<[Partial<Settings>, string[]]>([
    [{}, []],
    [without('SecurityMiddleware'), ['warning security.W001', 'warning security.W002']],
    [{ X_FRAME_OPTIONS: null }, ['warning security.W002']],
    [without('CsrfViewMiddleware'), ['warning security.W003']],
  ])('%j: %j', async (changed, found) => {
    expect(await ids(changed, checkSecurityMiddleware)).toEqual(found);
  });
});

describe('checkSecuritySettings', () => {
  it.each<[Partial<Settings>, string[]]>([
    [{}, []],
    [{ SECURE_HSTS_SECONDS: 0, SECURE_HSTS_PRELOAD: false }, ['warning security.W004']],
    [{ SECURE_HSTS_INCLUDE_SUBDOMAINS: false }, ['warning security.W005']],
    [{ SECURE_CONTENT_TYPE_NOSNIFF: false }, ['warning security.W006']],
    [{ SECURE_SSL_REDIRECT: false }, ['warning security.W008']],
    [{ X_FRAME_OPTIONS: 'SAMEORIGIN' }, ['warning security.W019']],
    [{ SECURE_HSTS_PRELOAD: false }, ['warning security.W021']],
    [{ SECURE_REFERRER_POLICY: null }, ['warning security.W022']],
    [{ SECURE_REFERRER_POLICY: 'strict-origin, same-origin' }, []],
    [{ SECURE_REFERRER_POLICY: ['origin', 'same-orign'] }, ['error security.E023']],
    [{ SECURE_CROSS_ORIGIN_OPENER_POLICY: null }, []],
    [{ SECURE_CROSS_ORIGIN_OPENER_POLICY: 'none' }, ['error security.E024']],
  ])('%j: %j', async (changed, found) => {
    expect(await ids({ ...STRICT, ...changed }, checkSecuritySettings)).toEqual(found);
  });

  it('is silent where no middleware heeds them', async () => {
    const changed = { ...without('SecurityMiddleware'), SECURE_HSTS_SECONDS: 0 };
    expect(await ids(changed, checkSecuritySettings)).toEqual([]);
  });
});

describe('checkContentSecurityPolicy', () => {
  it('stops what is no object of directives', async () => {
    expect(await ids({}, checkContentSecurityPolicy)).toEqual([]);
    for (const text of ['"default-src none"', '[]', 'null']) {
      const changed = { SECURE_CSP: JSON.parse(text), SECURE_CSP_REPORT_ONLY: JSON.parse(text) };
      expect(await ids(changed, checkContentSecurityPolicy)).toEqual([
        'error security.E026',
        'error security.E026',
      ]);
    }
  });
});
