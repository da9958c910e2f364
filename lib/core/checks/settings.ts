import { env } from '@/lib/conf/env';
import { settings, unknownSettings } from '@/lib/conf/settings';
import { type CheckMessage, checkError, checkWarning } from './registry';

const MIN_SECRET_LENGTH = 32;
const MIN_DISTINCT = 5;
const DEPLOYED_SECRET_LENGTH = 50;
const INSECURE_PREFIX = 'django-insecure-';

/**
 * A secret that is missing, short or monotonous, among SECRET_KEY and its fallbacks.
 * Django: core/checks/security/base.py check_secret_key (an error here: it also seals cookies)
 */
export function checkSecretKey(): CheckMessage[] {
  const hint = 'Run "npm run up", or set it to the output of "openssl rand -base64 48".';
  return secrets().flatMap(({ id, name, secret }) => {
    if (secret === '') return [checkError(id, `${name} is not set.`, hint)];
    if (secret.length < MIN_SECRET_LENGTH || new Set(secret).size < MIN_DISTINCT) {
      const rule = `at least ${MIN_SECRET_LENGTH} characters, ${MIN_DISTINCT} of them different`;
      return [checkError(id, `${name} is too weak: it needs ${rule}.`, hint)];
    }
    return [];
  });
}

/**
 * A secret that serves for a first look and not in public: shorter than Django asks for, or made by
 * its `startproject`. Before a deployment.
 * Django: core/checks/security/base.py check_secret_key, check_secret_key_fallbacks
 */
export function checkSecretKeyStrength(): CheckMessage[] {
  const hint = 'Set it to the output of "openssl rand -base64 48".';
  return secrets()
    .filter(
      ({ secret }) => secret.length < DEPLOYED_SECRET_LENGTH || secret.startsWith(INSECURE_PREFIX),
    )
    .map(({ id, name }) => {
      const message = `${name} is shorter than ${DEPLOYED_SECRET_LENGTH} characters, or begins with "${INSECURE_PREFIX}".`;
      return checkWarning(id, message, hint);
    });
}

/**
 * Settings of a developer's own machine. Before a deployment.
 * Django: core/checks/security/base.py check_debug, check_allowed_hosts
 */
export function checkProduction(): CheckMessage[] {
  const found: CheckMessage[] = [];
  if (settings.DEBUG) {
    const message = 'DEBUG is on.';
    const hint = 'Run with NODE_ENV=production, as "npm start" does; this command too.';
    found.push(checkWarning('security.W018', message, hint));
  }
  if (settings.ALLOWED_HOSTS.length === 0) {
    const hint = 'Set it to the host names that are served, comma separated.';
    found.push(checkWarning('security.W020', 'ALLOWED_HOSTS is empty.', hint));
  }
  if (settings.APP_ORIGIN === null) {
    const message =
      'APP_ORIGIN is not set: links in mails begin with the host and port that the request names.';
    const hint = 'Set it to the address that browsers see, such as https://example.com.';
    found.push(checkWarning('conf.W008', message, hint));
  }
  return found;
}

/**
 * `basePath` in next.config.mjs: cookies, mails and the addresses that apps declare begin at the root.
 * Django: FORCE_SCRIPT_NAME
 */
export function checkBasePath(basePath = env.BASE_PATH): CheckMessage[] {
  if (basePath === '') return [];
  const message = `next.config.mjs sets basePath to ${basePath}, and this site is served at the root of a host only.`;
  const hint = 'Take it out, build again, and give the site a host name of its own.';
  return [checkError('conf.E010', message, hint)];
}

/**
 * A build that invents the key of its forms: the next build, and one on another machine, refuse them.
 * Before a deployment.
 */
export function checkActionKey(): CheckMessage[] {
  if (env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY !== '') return [];
  const message =
    'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY is not set: forms that are open during a redeploy are refused.';
  const hint = 'Set it to the output of "openssl rand -base64 32", the same for each build.';
  return [checkWarning('conf.W007', message, hint)];
}

/**
 * Origins in CSRF_TRUSTED_ORIGINS that no browser sends: without a scheme, or with a path.
 * Django: core/checks/compatibility/django_4_0.py check_csrf_trusted_origins
 */
export function checkCsrfTrustedOrigins(): CheckMessage[] {
  return settings.CSRF_TRUSTED_ORIGINS.filter((origin) => !isOrigin(origin)).map((origin) =>
    checkError(
      '4_0.E001',
      `CSRF_TRUSTED_ORIGINS lists '${origin}', which is not an origin.`,
      'Give scheme, host and port only, such as https://example.com.',
    ),
  );
}

/** Settings that do not exist: a misspelt name that no compiler has seen. */
export function checkUnknownSettings(): CheckMessage[] {
  return unknownSettings().map((name) =>
    checkError(
      'conf.E001',
      `The setting ${name} does not exist.`,
      'Correct its name in lib/site/settings.ts, or declare it in lib/conf/global-settings.ts.',
    ),
  );
}

/** An APP_ORIGIN, DATABASE_URL or action key that cannot be what it should be. */
export function checkEnvironment(): CheckMessage[] {
  const found: CheckMessage[] = [];
  const origin = settings.APP_ORIGIN;
  if (origin !== null && !isOrigin(origin)) {
    found.push(
      checkError(
        'conf.E002',
        'APP_ORIGIN is not an origin.',
        'Give scheme, host and port only, such as https://example.com.',
      ),
    );
  }
  if (!/^(file:|postgres(ql)?:\/\/)/.test(settings.DATABASE_URL)) {
    found.push(
      checkError(
        'conf.E003',
        'DATABASE_URL names no database.',
        'Set it to file:PATH for SQLite or postgres://USER:PASSWORD@HOST/NAME for PostgreSQL.',
      ),
    );
  }
  const key = env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY;
  if (key !== '' && !/^[A-Za-z0-9+/]{43}=$/.test(key)) {
    found.push(
      checkError(
        'conf.E004',
        'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY is not 32 bytes in base64.',
        'Set it to the output of "openssl rand -base64 32" and build again.',
      ),
    );
  }
  return found;
}

function secrets(): { id: string; name: string; secret: string }[] {
  const fallbacks = settings.SECRET_KEY_FALLBACKS.map((secret, i) => ({
    id: 'security.W025',
    name: `SECRET_KEY_FALLBACKS[${i}]`,
    secret,
  }));
  return [{ id: 'security.W009', name: 'SECRET_KEY', secret: settings.SECRET_KEY }, ...fallbacks];
}

function isOrigin(text: string): boolean {
  return (
    URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text
  );
}
