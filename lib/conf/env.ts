const source: Record<string, string | undefined> = process.env;

function text(name: string): string {
  return source[name]?.trim() ?? '';
}

function list(name: string): string[] {
  return text(name)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function wholeNumber(name: string, fallback: number): number {
  const value = text(name);
  return /^\d{1,9}$/.test(value) ? Number(value) : fallback;
}

function numberOrNull(name: string): number | null {
  const value = text(name);
  if (value === '') return null;
  return /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
}

const SECRET_NAME = /SECRET|PASS|TOKEN|CREDENTIAL|(^|_)KEY/i;
/** Shorter ones are words that lines have anyway. */
const SHORTEST_SECRET = 6;

function passwordsIn(value: string): string[] {
  const [, given = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^:@/?#]*:([^?#]*)@/i.exec(value) ?? [];
  const read = given === '' || !URL.canParse(value) ? '' : new URL(value).password;
  return [given, read, decoded(given)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The environment: the only place that reads `process.env`. Each name is read when it is asked
 * for, so that one build serves every environment, at the Edge too. Nothing here judges a value;
 * `lib/conf/checks.ts` does, before the server starts.
 */
export const env = {
  /** `file:PATH` for SQLite or `postgres://…`; decides the database without a rebuild. */
  get DATABASE_URL() {
    return text('DATABASE_URL');
  },
  /** Signs and seals everything. At least 32 characters. */
  get SECRET_KEY() {
    return text('SECRET_KEY');
  },
  /** Former secrets, newest first, comma separated: they open what they sealed, and seal nothing. */
  get SECRET_KEY_FALLBACKS() {
    return list('SECRET_KEY_FALLBACKS');
  },
  /** Base64 of 32 bytes. Baked in by `next build`, so that forms survive a redeploy. */
  get NEXT_SERVER_ACTIONS_ENCRYPTION_KEY() {
    return text('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY');
  },
  /** `https://example.com`: scheme, host and port as the browser sees them; null on a first look. */
  get APP_ORIGIN() {
    return text('APP_ORIGIN').replace(/\/+$/, '') || null;
  },
  /** Host names that may be served, comma separated; `.example.com` includes subdomains. */
  get ALLOWED_HOSTS() {
    return list('ALLOWED_HOSTS');
  },
  /** How many reverse proxies stand in front: so many X-Forwarded-For entries are believed. */
  get TRUSTED_PROXY_HOPS() {
    return wholeNumber('TRUSTED_PROXY_HOPS', 0);
  },
  /** The folder of files that people upload; blank is `var/media`. */
  get MEDIA_ROOT() {
    return text('MEDIA_ROOT');
  },
  /** `console:`, `file:DIR`, `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`; blank is `console:`. */
  get EMAIL_URL() {
    return text('EMAIL_URL');
  },
  get PORT() {
    return wholeNumber('PORT', 3000);
  },
  /** Processes that `npm start` runs on the one port. Null: not said; NaN, here and below: no number. */
  get WEB_CONCURRENCY() {
    return numberOrNull('WEB_CONCURRENCY');
  },
  /** Connections that one process keeps to PostgreSQL. */
  get DATABASE_POOL_SIZE() {
    return numberOrNull('DATABASE_POOL_SIZE');
  },
  /** Milliseconds that one statement may take on PostgreSQL; 0: as long as it likes. */
  get DATABASE_STATEMENT_TIMEOUT() {
    return numberOrNull('DATABASE_STATEMENT_TIMEOUT');
  },
  /** `0`: behind a connection pooler that does not know prepared statements. */
  get DATABASE_PREPARED_STATEMENTS() {
    return text('DATABASE_PREPARED_STATEMENTS') !== '0';
  },
  /** Seconds from SIGTERM to the end of accepting. */
  get SHUTDOWN_DELAY() {
    return numberOrNull('SHUTDOWN_DELAY');
  },
  /** `1` prints each SQL statement, without its values, as one line on stdout. */
  get LOG_SQL() {
    return text('LOG_SQL') === '1';
  },
  /** `1` prints the security log on stdout, `0` does not; null: as `SECURITY_LOG_STDOUT` decides. */
  get SECURITY_LOG_STDOUT() {
    const value = text('SECURITY_LOG_STDOUT');
    return value === '' ? null : value === '1';
  },
  /** 2 to this power is the work of one bcrypt hash; blank is 12. Lower it in tests only. */
  get BCRYPT_ROUNDS() {
    return wholeNumber('BCRYPT_ROUNDS', 12);
  },
  /** Spelt out, so that the build writes 'production' in its place: nothing outside turns DEBUG on in it. */
  get NODE_ENV(): string {
    return process.env.NODE_ENV ?? '';
  },
  /** `json` or `text` for the lines of the log; null: JSON in production. */
  get LOG_FORMAT(): 'json' | 'text' | null {
    const value = text('LOG_FORMAT');
    return value === 'json' || value === 'text' ? value : null;
  },
  /** The least grave lines that are written: `info`, `warning` or `error`. */
  get LOG_LEVEL(): 'info' | 'warning' | 'error' {
    const value = text('LOG_LEVEL').toLowerCase();
    return value === 'warning' || value === 'error' ? value : 'info';
  },
  /** `1` writes a line for each request, `0` does not; null: in production. */
  get ACCESS_LOG() {
    const value = text('ACCESS_LOG');
    return value === '' ? null : value === '1';
  },
  /** What a program that scrapes `/metrics/` sends as its bearer token; blank: none may. */
  get METRICS_TOKEN() {
    return text('METRICS_TOKEN');
  },
  /** What sets a setting of an app that may be set so, as JSON; blank for nothing. */
  settingOfApp(name: string) {
    return text(name);
  },
  /** What a provider by which people sign in knows this site by; blank for none. */
  clientSecretOf(provider: string) {
    return text(`SOCIALACCOUNT_${provider.toUpperCase().replaceAll('-', '_')}_CLIENT_SECRET`);
  },
  /** For programs of the database that a command runs: where they are found, and none of our secrets. */
  forPrograms(): Record<string, string> {
    const names = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'SystemRoot'];
    return Object.fromEntries(
      names.flatMap((name) => (source[name] ? [[name, source[name]]] : [])),
    );
  },
  /** What no line of a log may hold, longest first: secrets by their names, and passwords in addresses. */
  secretValues(): string[] {
    const values = Object.entries(source).flatMap(([name, value = '']) => {
      const whole = SECRET_NAME.test(name) ? value.split(',').concat(value) : [];
      return [...whole, ...passwordsIn(value)].map((each) => each.trim());
    });
    const long = [...new Set(values)].filter((value) => value.length >= SHORTEST_SECRET);
    return long.sort((a, b) => b.length - a.length);
  },
  /** Addresses of files for everybody, as JSON. Spelt out: next.config.mjs writes them in its place. */
  get PUBLIC_FILES(): string {
    return process.env.GATEHOUSE_PUBLIC_FILES ?? '[]';
  },
  /** Spelt out: Next.js writes the `basePath` of next.config.mjs in its place. */
  get BASE_PATH(): string {
    return process.env.__NEXT_ROUTER_BASEPATH ?? '';
  },
  /** The password of `manage createsuperuser --noinput`. Not trimmed: a password is its characters. */
  get DJANGO_SUPERUSER_PASSWORD() {
    return source['DJANGO_SUPERUSER_PASSWORD'];
  },
  /** A field of that command, `DJANGO_SUPERUSER_EMAIL` for `email`. */
  superuserField(name: string) {
    return source[`DJANGO_SUPERUSER_${name.toUpperCase()}`];
  },
  /** The password that `manage seed` gives the demonstration people; none: they cannot sign in. */
  get DEMO_PASSWORD() {
    return source['DEMO_PASSWORD'];
  },
};
