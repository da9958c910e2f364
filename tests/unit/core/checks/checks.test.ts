import { describe, expect, it } from 'vitest';
import type { Settings } from '@/lib/conf/global-settings';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { checkRemoteUser } from '@/lib/contrib/auth/remote-user/checks';
import { checkSessionAges, checkSessionCookie } from '@/lib/contrib/sessions/checks';
import type { CheckMessage } from '@/lib/core/checks/registry';
import {
  checkCsrfTrustedOrigins,
  checkEnvironment,
  checkProduction,
  checkSecretKey,
  checkSecretKeyStrength,
  checkUnknownSettings,
} from '@/lib/core/checks/settings';
import { checkMiddleware as checkListed } from '@/lib/middleware/checks';
import { MIDDLEWARE_REGISTRY } from '@/lib/site/middleware';

const checkMiddleware = () => checkListed(MIDDLEWARE_REGISTRY);

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
      const changed = { APP_ORIGIN: origin, DATABASE_URL: 'file:x' };
      expect(await ids(changed, checkEnvironment)).toEqual(['error conf.E002']);
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
    const changed = { MIDDLEWARE: [...settings.MIDDLEWARE, 'SesionMiddleware'] };
    expect(await ids(changed, checkMiddleware)).toEqual(['error http.E001']);
  });

  it('stops an order that cannot work', async () => {
    const last = ['AuthenticationMiddleware', 'MessageMiddleware'];
    const late = { MIDDLEWARE: ['AuthenticationMiddleware', 'SessionMiddleware', ...last] };
    expect(await ids(late, checkMiddleware)).toEqual(['error admin.E410']);
    const early = { MIDDLEWARE: ['SessionMiddleware', 'LoginRequiredMiddleware', ...last] };
    expect(await ids(early, checkMiddleware)).toEqual(['error auth.E013']);
    const remote = { MIDDLEWARE: ['SessionMiddleware', 'RemoteUserMiddleware', ...last] };
    expect(await ids(remote, checkMiddleware)).toEqual(['error http.E002']);
  });

  it.each([
    ['AuthenticationMiddleware', ['error admin.E408', 'error auth.E013']],
    ['MessageMiddleware', ['error admin.E409']],
    ['SessionMiddleware', ['error admin.E410', 'error admin.E410']],
    ['LoginRequiredMiddleware', []],
  ])('stops without %s', async (name, found) => {
    const MIDDLEWARE = settings.MIDDLEWARE.filter((each) => each !== name);
    expect(await ids({ MIDDLEWARE }, checkMiddleware)).toEqual(found);
  });
});

describe('checkRemoteUser', () => {
  const MIDDLEWARE = ['SessionMiddleware', 'AuthenticationMiddleware', 'RemoteUserMiddleware'];
  const on = { MIDDLEWARE, AUTHENTICATION_BACKENDS: ['RemoteUserBackend'], TRUSTED_PROXY_HOPS: 1 };

  it.each([
    ['off', {}, []],
    ['on', on, []],
    [
      'behind the gate',
      { ...on, MIDDLEWARE: ['LoginRequiredMiddleware', ...MIDDLEWARE] },
      ['error http.E003'],
    ],
    [
      'without its backend',
      { ...on, AUTHENTICATION_BACKENDS: ['ModelBackend'] },
      ['error http.E004'],
    ],
    [
      'with an impossible header',
      { ...on, REMOTE_USER_HEADER: 'Remote User' },
      ['error http.E005'],
    ],
    ['without a trusted proxy', { ...on, TRUSTED_PROXY_HOPS: 0 }, ['warning http.W006']],
  ])('judges it %s', async (_what, changed: Partial<Settings>, found) => {
    expect(await ids(changed, checkRemoteUser)).toEqual(found);
  });
});

describe('checkCsrfTrustedOrigins', () => {
  it('stops an entry without a scheme', async () => {
    const changed = { CSRF_TRUSTED_ORIGINS: ['https://a.example', 'b.example', '*.c.example'] };
    expect(await ids(changed, checkCsrfTrustedOrigins)).toEqual([
      'error 4_0.E001',
      'error 4_0.E001',
    ]);
  });
});

describe('checkSessionAges', () => {
  it.each([
    [{ SESSION_COOKIE_AGE: 0 }, 1],
    [{ SESSION_COOKIE_AGE: 1.5 }, 1],
    [{ SESSION_COOKIE_AGE: 100, SESSION_ABSOLUTE_AGE: 99 }, 1],
    [{ SESSION_COOKIE_AGE: 100, SESSION_ABSOLUTE_AGE: 100 }, 0],
    [{}, 0],
  ])('%j: %d', async (changed, count) => {
    expect(await ids(changed, checkSessionAges)).toHaveLength(count);
  });
});

describe('before a deployment', () => {
  const https = { APP_ORIGIN: 'https://app.example' };
  const middleware = { MIDDLEWARE: [] };
  const served = { ...https, DEBUG: false, ALLOWED_HOSTS: ['a.example'] };

  it.each([
    [checkProduction, { ...served, DEBUG: true }, ['warning security.W018']],
    [checkProduction, { ...served, ALLOWED_HOSTS: [] }, ['warning security.W020']],
    [checkProduction, { ...served, APP_ORIGIN: null }, ['warning conf.W008']],
    [checkProduction, served, []],
    [checkSecretKeyStrength, { SECRET_KEY: GOOD }, ['warning security.W009']],
    [checkSecretKeyStrength, { SECRET_KEY: `django-insecure-${GOOD}` }, ['warning security.W009']],
    [
      checkSecretKeyStrength,
      { SECRET_KEY: GOOD.repeat(2), SECRET_KEY_FALLBACKS: [GOOD] },
      ['warning security.W025'],
    ],
    [checkSecretKeyStrength, { SECRET_KEY: GOOD.repeat(2) }, []],
    [checkSessionCookie, { APP_ORIGIN: null }, ['warning security.W012']],
    [checkSessionCookie, { APP_ORIGIN: null, ...middleware }, ['warning security.W010']],
    [checkSessionCookie, { ...https, SESSION_COOKIE_SECURE: false }, ['warning security.W012']],
    [checkSessionCookie, { SESSION_COOKIE_SECURE: true }, []],
    [checkSessionCookie, { ...https, SESSION_COOKIE_HTTPONLY: false }, ['warning security.W015']],
    [
      checkSessionCookie,
      { ...https, ...middleware, SESSION_COOKIE_HTTPONLY: false },
      ['warning security.W013'],
    ],
    [checkSessionCookie, https, []],
  ])('%o with %j', async (check, changed: Partial<Settings>, found) => {
    expect(await ids(changed, check)).toEqual(found);
  });

  it('prints no secret', async () => {
    await overrideSettings({ SECRET_KEY: 'hunter2' }, () => {
      expect(JSON.stringify(checkSecretKeyStrength())).not.toContain('hunter2');
    });
  });
});
