import { env } from './env';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/**
 * Every setting with its default, unit and reason. A project changes them in `settings.ts`.
 * Django: django/conf/global_settings.py
 */
export const globalSettings = {
  /** True outside production: error pages may say more. Never true in a production build. */
  get DEBUG(): boolean {
    return env.NODE_ENV !== 'production';
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
  /** Connections that one process keeps to PostgreSQL. */
  DATABASE_POOL_SIZE: 10,
  /** Milliseconds a SQLite statement waits, in all, for another process that writes. */
  DATABASE_BUSY_TIMEOUT: 5_000,
  /** The one true scheme://host:port, or null on a first look at one's own machine. */
  get APP_ORIGIN(): string | null {
    return env.APP_ORIGIN;
  },
  /** Hosts served; a leading dot includes subdomains. */
  get ALLOWED_HOSTS(): readonly string[] {
    return env.ALLOWED_HOSTS;
  },
  /** Reverse proxies in front whose X-Forwarded-* headers are believed. */
  get TRUSTED_PROXY_HOPS(): number {
    return env.TRUSTED_PROXY_HOPS;
  },
  /** Origins besides our own whose forms may be sent here, each with its scheme. */
  CSRF_TRUSTED_ORIGINS: [] as readonly string[],
  /** Time zone of Django's naive times (tokens, logs). */
  TIME_ZONE: 'UTC',

  /** Asked in order; names of the registry in `lib/auth/backends.ts`. */
  AUTHENTICATION_BACKENDS: ['ModelBackend'] as readonly string[],
  /** `app.Model` of the user. */
  AUTH_USER_MODEL: 'auth.User',
  /** The first encodes new passwords, the others only verify. */
  PASSWORD_HASHERS: ['bcrypt_sha256', 'pbkdf2_sha256'] as readonly string[],
  /** Work factor of bcrypt: 2^12 rounds, Django's. OWASP asks for at least 10. */
  BCRYPT_ROUNDS: 12,
  /** Iterations of PBKDF2: Django 6.0's. OWASP asks for at least 600,000. */
  PBKDF2_ITERATIONS: 1_200_000,

  /** Where a stranger is sent. */
  LOGIN_URL: '/accounts/login/',
  /** Where a person goes after signing in without `next`. */
  LOGIN_REDIRECT_URL: '/dashboard/',
  /** Where a person goes after signing out; null shows the signed-out page. */
  LOGOUT_REDIRECT_URL: '/' as string | null,
  /**
   * Addresses a stranger may see; every other one, known or not, is private. `:name` stands for
   * one segment. The gate and a test use it; the boundary is `loginNotRequired` on the view.
   */
  PUBLIC_PATHS: ['/', '/accounts/login/', '/accounts/logout/', '/healthz/'] as readonly string[],
  /** Redirect `/a` to `/a/`. Next.js does it (`trailingSlash`); the name is Django's. */
  APPEND_SLASH: true,

  /**
   * What runs at the Edge before a page, outermost first; names of the registry in
   * `lib/http/edge.ts`. A convenience, never the boundary.
   */
  MIDDLEWARE: [
    'SessionMiddleware',
    'AuthenticationMiddleware',
    'LoginRequiredMiddleware',
    'MessageMiddleware',
  ] as readonly string[],

  /** Name of the session cookie; `__Host-` goes before it when it is secure. */
  SESSION_COOKIE_NAME: 'sessionid',
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

  /** Name of the cookie that carries messages to the next page. */
  MESSAGE_COOKIE_NAME: 'messages',
  /** Messages below this level are dropped: debug 10, info 20, success 25, warning 30, error 40. */
  MESSAGE_LEVEL: 20,
};

/** The names and types of all settings. */
export type Settings = typeof globalSettings;
