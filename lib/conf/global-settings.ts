import { type ContentSecurityPolicy, defaultPolicy } from './csp';
import { env } from './env';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How often something may be tried: `free` tries without a wait, then `delay` seconds after the
 * next, twice as long after each further one, `maxDelay` at most. All is forgotten `forget` seconds
 * after the first try that counted.
 */
export type ThrottlePolicy = { free: number; delay: number; maxDelay: number; forget: number };

/** Waits between tries of one kind: at one account, and from one network. */
export type ThrottlePolicies = { account: ThrottlePolicy; network: ThrottlePolicy };

/**
 * Every setting with its default, unit and reason. A project changes them in `settings.ts`.
 * Django: django/conf/global_settings.py
 */
export const globalSettings = {
  /** True under `npm run dev` only. */
  get DEBUG(): boolean {
    return env.NODE_ENV === 'development';
  },
  /** Signs and seals; from the environment, at least 32 characters. */
  get SECRET_KEY(): string {
    return env.SECRET_KEY;
  },
  /** Former secrets that still open cookies and auth hashes, never seal. */
  get SECRET_KEY_FALLBACKS(): readonly string[] {
    return env.SECRET_KEY_FALLBACKS;
  },
  /** `file:PATH` or `postgres://…`. */
  get DATABASE_URL(): string {
    return env.DATABASE_URL;
  },
  /** Connections that one process keeps to PostgreSQL, at most. Ten serve a core with room to spare. */
  get DATABASE_POOL_SIZE(): number {
    return env.DATABASE_POOL_SIZE ?? 10;
  },
  /**
   * Milliseconds after which PostgreSQL gives a statement up, and five seconds later this end does,
   * should the server be silent; 0 is for ever. Migrations have no limit.
   */
  get DATABASE_STATEMENT_TIMEOUT(): number {
    return env.DATABASE_STATEMENT_TIMEOUT ?? 30_000;
  },
  /** Whether PostgreSQL keeps the plans of statements that come again, on each connection. */
  get DATABASE_PREPARED_STATEMENTS(): boolean {
    return env.DATABASE_PREPARED_STATEMENTS;
  },
  /** Milliseconds a SQLite statement waits, in all, for another process that writes. */
  DATABASE_BUSY_TIMEOUT: 5_000,
  /** The one true scheme://host:port, or null on a first look at one's own machine. */
  get APP_ORIGIN(): string | null {
    return env.APP_ORIGIN;
  },
  /** What the site calls itself: in the header, the tab and its letters. */
  SITE_NAME: 'Gatehouse',
  /** Hosts served; a leading dot includes subdomains. */
  get ALLOWED_HOSTS(): readonly string[] {
    return env.ALLOWED_HOSTS;
  },
  /** Reverse proxies in front whose X-Forwarded-* headers are believed. */
  get TRUSTED_PROXY_HOPS(): number {
    return env.TRUSTED_PROXY_HOPS;
  },
  /**
   * Bytes that may be sent with one form, its hidden fields included; more is refused with 413. What
   * Next.js takes by itself. Django's default is 2.5 MB.
   */
  DATA_UPLOAD_MAX_MEMORY_SIZE: 1024 * 1024,
  /**
   * Where files are kept that people upload: a backend of `lib/core/files/storage`, or one that an app
   * registers, and its options. `S3Storage` takes `bucket`, `region`, `endpoint`, `location`,
   * `forcePathStyle` and `querystringExpire`; who it is, the environment tells it (AWS_ACCESS_KEY_ID …).
   */
  STORAGES: { default: { BACKEND: 'FileSystemStorage' } } as {
    readonly default: { readonly BACKEND: string; readonly OPTIONS?: Record<string, unknown> };
  },
  /** The folder of FileSystemStorage, its owner's alone; a relative one is below where the server was started. */
  get MEDIA_ROOT(): string {
    return env.MEDIA_ROOT || 'var/media';
  },
  /** What the address of a file begins with: that of the app `files`. */
  MEDIA_URL: '/media/',
  /** Origins besides our own whose forms may be sent here, each with its scheme. */
  CSRF_TRUSTED_ORIGINS: [] as readonly string[],
  /** Time zone of Django's naive times (tokens, logs). */
  TIME_ZONE: 'UTC',

  /** Where mail goes: `console:` prints it, `file:DIR` keeps it, `smtp://…` and `smtps://…` send it. */
  get EMAIL_URL(): string {
    return env.EMAIL_URL || 'console:';
  },
  /** Seconds that each step with a mail server may take. Django waits for ever. */
  EMAIL_TIMEOUT: 10,
  /** The sender of mail, an address or `Name <address>`. Django's default: set it to one of yours. */
  DEFAULT_FROM_EMAIL: 'webmaster@localhost',

  /** Asked in order; names of the registry in `lib/contrib/auth/backends/index.ts`. */
  AUTHENTICATION_BACKENDS: ['ModelBackend'] as readonly string[],
  /**
   * The request header in which a trusted proxy names who is signed in, for RemoteUserMiddleware
   * and PersistentRemoteUserMiddleware. Believed only with TRUSTED_PROXY_HOPS and one of these two
   * in MIDDLEWARE; otherwise no page sees it.
   */
  REMOTE_USER_HEADER: 'Remote-User',
  /** `app.Model` of the user. */
  AUTH_USER_MODEL: 'auth.User',
  /**
   * The first encodes new passwords, the others only verify. Of this default, `argon2` counts where
   * its optional package is installed.
   */
  PASSWORD_HASHERS: [
    'bcrypt_sha256',
    'pbkdf2_sha256',
    'pbkdf2_sha1',
    'argon2',
    'bcrypt',
    'scrypt',
  ] as readonly string[],
  /**
   * Whether a right password is stored anew at sign-in. `always`: whenever the first of
   * PASSWORD_HASHERS would store it otherwise, as Django does; an application that does so ends the
   * person's session at any other that shares the database. `weaker only`: when its algorithm or its
   * work is not good enough (md5; below 260,000 iterations of PBKDF2, 2^10 rounds of bcrypt, Django
   * 4's scrypt, OWASP's least Argon2), by the same algorithm if that is a good one. `never`. Null:
   * `weaker only` on a database that a Django has migrated, `always` on any other.
   */
  PASSWORD_UPGRADE: null as 'always' | 'weaker only' | 'never' | null,
  /** Work factor of bcrypt: 2^12 rounds, Django's. OWASP asks for at least 10. */
  get BCRYPT_ROUNDS(): number {
    return env.BCRYPT_ROUNDS;
  },
  /** Iterations of PBKDF2: Django 6.0's. OWASP asks for at least 600,000. */
  PBKDF2_ITERATIONS: 1_200_000,
  /**
   * Threads of one process that compute bcrypt, each about three passwords a second; null: the
   * processes of `npm start` share the cores, one each at least.
   */
  PASSWORD_WORKERS: null as number | null,
  /**
   * Passwords that may wait for a thread, in equal parts for the processes of `npm start`; one more
   * is answered 503 with a Retry-After.
   */
  PASSWORD_QUEUE_SIZE: 32,
  /**
   * What a new password must satisfy, in order: names of the registry in
   * `lib/contrib/auth/password-validation/index.ts` with their options, or `'nist'` for the rules of NIST
   * SP 800-63B-4: fifteen characters, neither common nor made of the site's and one's own names.
   * NumericPasswordValidator refuses even eighteen random digits, against ASVS 5.0 6.2.5: Django's
   * default stays the default, and `'nist'` is the list without it.
   */
  AUTH_PASSWORD_VALIDATORS: [
    { NAME: 'UserAttributeSimilarityValidator' },
    { NAME: 'MinimumLengthValidator' },
    { NAME: 'CommonPasswordValidator' },
    { NAME: 'NumericPasswordValidator' },
  ] as 'nist' | readonly { NAME: string; OPTIONS?: Record<string, unknown> }[],
  /** Words that no password should be made of, besides a person's own and the host's names. */
  PASSWORD_CONTEXT_WORDS: ['gatehouse'] as readonly string[],

  /**
   * Seconds a reset link stays valid: Django's three days. Checked when the link is opened, so that
   * lowering it also shortens links already sent. The check stops the start if it is no natural
   * number.
   */
  PASSWORD_RESET_TIMEOUT: 3 * DAY,

  /** How lines of the log are written: JSON, or text for eyes; null: JSON in production. */
  get LOG_FORMAT(): 'json' | 'text' | null {
    return env.LOG_FORMAT;
  },
  /** The least grave lines of the log that are written. Django: LOGGING */
  get LOG_LEVEL(): 'info' | 'warning' | 'error' {
    return env.LOG_LEVEL;
  },
  /** Whether each request has a line in the log. `npm run dev` prints requests by itself. */
  get ACCESS_LOG(): boolean {
    return env.ACCESS_LOG ?? env.NODE_ENV === 'production';
  },

  /** Whether the security log is also printed, one line of JSON each, on stdout. */
  get SECURITY_LOG_STDOUT(): boolean {
    return env.SECURITY_LOG_STDOUT ?? env.NODE_ENV === 'production';
  },

  /**
   * Seconds from the right first factor within which somebody must have gone through the stages that
   * follow it; then they begin anew. allauth's.
   */
  ACCOUNT_LOGIN_TIMEOUT: 15 * MINUTE,
  /**
   * Seconds after signing in during which somebody may grant groups, permissions and status in the
   * admin, or set a password, an address or a name there or wake an account, without giving their own password again; null: always.
   */
  STEP_UP_AGE: (30 * MINUTE) as number | null,

  /** Where a stranger is sent. */
  LOGIN_URL: '/accounts/login/',
  /** Where a person goes after signing in without `next`. */
  LOGIN_REDIRECT_URL: '/dashboard/',
  /** Where a person goes after signing out; null shows the signed-out page. */
  LOGOUT_REDIRECT_URL: '/' as string | null,
  /**
   * What the browser is told to throw away at sign-out, over https. `cache` takes what it may have
   * kept in spite of `no-store`. `storage` would also take the choice to do without single keys,
   * `cookies` the theme, the waiting message and the mark of a known device.
   */
  CLEAR_SITE_DATA: ['cache'] as readonly ('cache' | 'storage' | 'cookies')[],
  /**
   * Addresses a stranger may see besides those that the apps declare; every other one, known or not,
   * is private. `:name` stands for one segment. The gate and a test use it; the boundary is
   * `loginNotRequired` on the view.
   */
  PUBLIC_PATHS: ['/', '/healthz/', '/livez/', '/readyz/'] as readonly string[],
  /** Redirect `/a` to `/a/`. Next.js does it (`trailingSlash`); the name is Django's. */
  APPEND_SLASH: true,

  /**
   * What runs at the Edge before a page, outermost first; names of the registry in
   * `lib/site/middleware.ts`. A convenience, never the boundary. Django's order: what sets
   * headers is outside, so that refusals and redirects of the others carry them too.
   */
  MIDDLEWARE: [
    'SecurityMiddleware',
    'ContentSecurityPolicyMiddleware',
    'SessionMiddleware',
    'CommonMiddleware',
    'CsrfViewMiddleware',
    'AuthenticationMiddleware',
    'LoginRequiredMiddleware',
    'MessageMiddleware',
  ] as readonly string[],

  /** Processes of `npm start`; null: the cores on PostgreSQL, one on SQLite. */
  get WEB_CONCURRENCY(): number | null {
    return env.WEB_CONCURRENCY;
  },
  /**
   * Seconds from SIGTERM until no connection is accepted any more. Meanwhile everything is answered
   * and HEALTH_PATH says 503: longer than a load balancer takes to notice, and than Node.js lets an
   * idle connection be (five seconds), so that none is closed as somebody begins to write.
   */
  get SHUTDOWN_DELAY(): number {
    return env.SHUTDOWN_DELAY ?? 6;
  },
  /** Seconds that requests under way may then take. */
  SHUTDOWN_TIMEOUT: 20,
  /** Where a load balancer asks whether we are alive: under any host name, on plain http too. */
  HEALTH_PATH: '/healthz/',
  /**
   * Where an orchestrator asks whether this process is to be started anew: it answers while the
   * database is away, and while the process ends. Kubernetes: livenessProbe
   */
  LIVENESS_PATH: '/livez/',
  /** Where it asks whether to send requests here: as HEALTH_PATH. Kubernetes: readinessProbe */
  READINESS_PATH: '/readyz/',
  /** User agents that get a 403. */
  DISALLOWED_USER_AGENTS: [] as readonly RegExp[],

  /** Send plain http to https (301). Off: the proxy that ends TLS usually does it. */
  SECURE_SSL_REDIRECT: false,
  /** The host of that redirect; null keeps the one that was asked for. */
  SECURE_SSL_HOST: null as string | null,
  /** Paths, without their first slash, that stay on plain http. */
  SECURE_REDIRECT_EXEMPT: [] as readonly RegExp[],
  /**
   * Header and value by which a proxy says "https", such as ['x-forwarded-ssl', 'on']; null believes
   * X-Forwarded-Proto, which always needs TRUSTED_PROXY_HOPS. The proxy must strip it from clients.
   */
  SECURE_PROXY_SSL_HEADER: null as readonly [header: string, value: string] | null,
  /** Seconds a browser remembers to use https only, sent over https only. One year; 0 sends none. */
  SECURE_HSTS_SECONDS: 365 * DAY,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: false,
  SECURE_HSTS_PRELOAD: false,
  SECURE_CONTENT_TYPE_NOSNIFF: true,
  /** One policy, or several, the last that a browser knows counts. Under `no-referrer` browsers send
   * forms with `Origin: null`, which is refused. */
  SECURE_REFERRER_POLICY: 'same-origin' as string | readonly string[] | null,
  SECURE_CROSS_ORIGIN_OPENER_POLICY: 'same-origin' as string | null,
  SECURE_CROSS_ORIGIN_EMBEDDER_POLICY: 'require-corp' as string | null,
  SECURE_CROSS_ORIGIN_RESOURCE_POLICY: 'same-origin' as string | null,
  /** Devices and features that no page of ours uses, and no script may. */
  SECURE_PERMISSIONS_POLICY: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' as
    | string
    | null,
  X_FRAME_OPTIONS: 'DENY' as 'DENY' | 'SAMEORIGIN' | null,
  /** What a page may load, run and send; see lib/conf/csp.ts. */
  get SECURE_CSP(): ContentSecurityPolicy {
    return defaultPolicy(globalSettings.DEBUG);
  },
  SECURE_CSP_REPORT_ONLY: {} as ContentSecurityPolicy,

  /**
   * Where sessions are kept: `gatehouse`, in rows of our own found by a sealed cookie; or `django.db`, in
   * Django's `django_session` found by Django's cookie, so that whoever signs in at either is signed in at
   * both. For the years of a migration: see docs/django-database.md for what it costs.
   */
  SESSION_ENGINE: 'gatehouse' as 'gatehouse' | 'django.db',
  /**
   * With `django.db`: names of the session that Django is to read when they are set here. What Django has
   * set is read and written in any case, all else stays with us.
   */
  SESSION_SHARED_NAMES: [] as readonly string[],
  /**
   * With `django.db`: what Django's AUTHENTICATION_BACKENDS calls ours. Of a backend that is not named, or
   * that Django does not list, people are signed in here only.
   */
  SESSION_BACKEND_PATHS: {
    ModelBackend: 'django.contrib.auth.backends.ModelBackend',
    EmailBackend: 'django.contrib.auth.backends.ModelBackend',
    AllowAllUsersModelBackend: 'django.contrib.auth.backends.AllowAllUsersModelBackend',
    RemoteUserBackend: 'django.contrib.auth.backends.RemoteUserBackend',
    AllowAllUsersRemoteUserBackend: 'django.contrib.auth.backends.AllowAllUsersRemoteUserBackend',
  } as Readonly<Record<string, string>>,
  /**
   * Name of the session cookie; null: `gatehouse_session`, with `__Host-` before it when it is secure, and
   * with `django.db` Django's `sessionid`. Otherwise not Django's: a Django on the same host would
   * overwrite it, and we its.
   */
  SESSION_COOKIE_NAME: null as string | null,
  /** With `django.db`: the domain that Django's cookie is for, as Django has it; null: this host alone. */
  SESSION_COOKIE_DOMAIN: null as string | null,
  /** With `django.db`: the cookie of Django's token for forms, which a sign-in here makes it renew. */
  CSRF_COOKIE_NAME: 'csrftoken',
  /** The domain of that cookie, as Django has it. */
  CSRF_COOKIE_DOMAIN: null as string | null,
  /** Seconds without a visit after which a session ends (idle limit). Django's two weeks. */
  SESSION_COOKIE_AGE: 14 * DAY,
  /** Seconds after which a session ends whatever happens; cookie and seal end with it. */
  SESSION_ABSOLUTE_AGE: 30 * DAY,
  /** Seconds between two writes of "last seen": a page view is not a database write. */
  SESSION_SLIDE_INTERVAL: MINUTE,
  /** The tick of "Keep me signed in" when the form is first shown, reversed. */
  SESSION_EXPIRE_AT_BROWSER_CLOSE: false,
  /** Whether the cookie is sent over https only; null follows the origin. */
  SESSION_COOKIE_SECURE: null as boolean | null,
  SESSION_COOKIE_HTTPONLY: true,
  SESSION_COOKIE_SAMESITE: 'lax' as 'lax' | 'strict',

  /** Name of the cookie that carries messages to the next page; prefix and reason as above. */
  MESSAGE_COOKIE_NAME: 'gatehouse_messages',
  /** Messages below this level are dropped: debug 10, info 20, success 25, warning 30, error 40. */
  MESSAGE_LEVEL: 20,
};

/** The names and types of all settings. */
export type Settings = typeof globalSettings;
