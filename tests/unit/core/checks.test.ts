import { describe, expect, it } from 'vitest';
import type { Settings } from '@/lib/conf/global-settings';
import { overrideSettings } from '@/lib/conf/settings';
import type { CheckMessage } from '@/lib/core/checks';
import { checkEnvironment, checkSecretKey, checkUnknownSettings } from '@/lib/core/settings-checks';
import { checkMiddleware } from '@/lib/http/checks';

const GOOD = 'a-secret-of-more-than-thirty-two-characters';

async function ids(changed: Partial<Settings>, check: () => CheckMessage[]): Promise<string[]> {
  return overrideSettings(changed, () => check().map(({ level, id }) => `${level} ${id}`));
}

describe('checkSecretKey', () => {
  it('stops a missing, short or monotonous secret', async () => {
    for (const secret of ['', 'short', 'a'.repeat(50), 'abcd'.repeat(20)]) {
      expect(await ids({ SECRET_KEY: secret }, checkSecretKey)).toEqual(['error security.W009']);
    }
    expect(await ids({ SECRET_KEY: GOOD }, checkSecretKey)).toEqual([]);
  });

  it('judges each fallback too', async () => {
    const changed = { SECRET_KEY: GOOD, SECRET_KEY_FALLBACKS: [GOOD, 'short'] };
    expect(await ids(changed, checkSecretKey)).toEqual(['error security.W025']);
  });

  it('never prints the secret', async () => {
    await overrideSettings({ SECRET_KEY: 'hunter2' }, () => {
      expect(JSON.stringify(checkSecretKey())).not.toContain('hunter2');
    });
  });
});

describe('checkUnknownSettings', () => {
  it('stops a setting that does not exist', async () => {
    const misspelt = JSON.parse('{"LOGIN_ULR": "/x/"}') as Partial<Settings>;
    expect(await ids(misspelt, checkUnknownSettings)).toEqual(['error conf.E001']);
    expect(await ids({}, checkUnknownSettings)).toEqual([]);
  });
});

describe('checkEnvironment', () => {
  it('stops an APP_ORIGIN that is not an origin and an unknown database', async () => {
    for (const origin of ['example.com', 'https://example.com/app', 'ftp://example.com']) {
      expect(await ids({ APP_ORIGIN: origin }, checkEnvironment)).toEqual(['error conf.E002']);
    }
    expect(await ids({ DATABASE_URL: 'mysql://x' }, checkEnvironment)).toEqual(['error conf.E003']);
    const good = { APP_ORIGIN: 'https://example.com:8443', DATABASE_URL: 'postgres://u@h/n' };
    expect(await ids(good, checkEnvironment)).toEqual([]);
  });
});

describe('checkMiddleware', () => {
  it('accepts the order of the defaults', () => {
    expect(checkMiddleware()).toEqual([]);
  });

  it('stops a name that nothing stands for', async () => {
    const changed = { MIDDLEWARE: ['SesionMiddleware'] };
    expect(await ids(changed, checkMiddleware)).toEqual(['error http.E001']);
  });

  it('stops an order that cannot work', async () => {
    const late = { MIDDLEWARE: ['AuthenticationMiddleware', 'SessionMiddleware'] };
    expect(await ids(late, checkMiddleware)).toEqual(['error admin.E410']);
    const missing = { MIDDLEWARE: ['SessionMiddleware', 'LoginRequiredMiddleware'] };
    expect(await ids(missing, checkMiddleware)).toEqual(['error auth.E013']);
  });
});
