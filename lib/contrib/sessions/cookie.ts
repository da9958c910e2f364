import { sealData, unsealData } from 'iron-session';
import { settings } from '@/lib/conf/settings';
import { cookieName, plainSessionCookieName } from '@/lib/core/cookies';
import type { CookieOptions } from '@/lib/core/request-headers';
import { OpenedSeals } from './opened-seals';

/**
 * What the session cookie carries, sealed: which row of `auth_session`, whose it was when sealed
 * (a hint for the gate, never proof), and when it ends at the latest. Never a permission.
 */
export type SessionSeal = {
  /** The session key in clear; the row holds its SHA-256. */
  key: string;
  /** Left out where the cookie does not tell, as Django's: perhaps it is somebody's. */
  userId?: number | null;
  /** Absolute end, in milliseconds since 1970. */
  expires: number;
  /** True when the cookie ends with the browser ("Keep me signed in" unticked). */
  untilBrowserCloses: boolean;
};

/** An opened cookie; `isCurrent` is false when a retired secret had sealed it. */
export type OpenedSeal = { seal: SessionSeal; isCurrent: boolean };

type SealKey = { id: number; password: string };

const MAX_COOKIE_LENGTH = 4096;
/** Django: contrib/sessions/backends/base.py VALID_KEY_CHARS, _get_new_session_key */
const DJANGO_KEY = /^[a-z0-9]{32}$/;
const derived = new Map<string, Promise<SealKey>>();
const openedSeals = new OpenedSeals<Readonly<SessionSeal>>(1000);

/**
 * Seal a session's identity with the current secret; under 700 bytes.
 * Encrypted and authenticated by iron-session (AES-256-CBC, HMAC-SHA256). Runs at the Edge. With
 * Django's sessions the cookie is the key itself.
 */
export async function sealSession(seal: SessionSeal, now = Date.now()): Promise<string> {
  if (isDjangos()) return seal.key;
  const { id, password } = await sealKey(settings.SECRET_KEY);
  const content = {
    k: seal.key,
    u: seal.userId ?? null,
    e: seal.expires,
    b: seal.untilBrowserCloses,
  };
  return sealData(content, {
    password: { [id]: password },
    ttl: Math.max(1, Math.ceil((seal.expires - now) / 1000)),
  });
}

/**
 * Open a session cookie with the current secret or a fallback. Anything else than an unexpired
 * seal of ours (missing, damaged, truncated, foreign, enormous) is null, never an error. A seal that
 * was opened before is not deciphered again while its key counts; its end is looked at each time. With
 * Django's sessions every text that may be a key of Django's opens, and only the row says whose it is.
 */
export async function openSession(
  cookie: string | undefined,
  now = Date.now(),
): Promise<OpenedSeal | null> {
  if (!cookie || cookie.length > MAX_COOKIE_LENGTH) return null;
  if (isDjangos()) return openKey(cookie, now);
  const keys = await Promise.all(
    [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS].map(sealKey),
  );
  const named = keys.find(({ id }) => String(id) === cookie.split('*', 2)[1]);
  if (!named) return null;
  const seal = openedSeals.get(cookie, named.password) ?? (await unseal(cookie, named));
  if (!seal || seal.expires <= now) return null;
  return { seal, isCurrent: named === keys[0] };
}

/** Of several cookies of the name those that open, in their order; the gate and the guard read all. */
export async function openSessions(
  cookies: readonly string[],
  now = Date.now(),
): Promise<OpenedSeal[]> {
  const opened = await Promise.all(cookies.map((cookie) => openSession(cookie, now)));
  return opened.filter((seal) => seal !== null);
}

async function unseal(cookie: string, { id, password }: SealKey): Promise<SessionSeal | null> {
  try {
    const content = await unsealData<unknown>(cookie, { password: { [id]: password }, ttl: 0 });
    const seal = parseSeal(content);
    if (seal) openedSeals.add(cookie, password, Object.freeze(seal));
    return seal;
  } catch {
    return null;
  }
}

/**
 * The cookie's name: with the `__Host-` prefix where browsers honour it, on a secure origin. Django's
 * has none, nor does its domain allow it.
 */
export function sessionCookieName(secure: boolean): string {
  return cookieName(plainSessionCookieName(), secure && !isDjangos());
}

/** The cookie's attributes; `maxAge` is in seconds and absent for a browser-session cookie. */
export function sessionCookieOptions(
  seal: SessionSeal,
  secure: boolean,
  now = Date.now(),
): CookieOptions {
  const maxAge = Math.max(0, Math.floor((seal.expires - now) / 1000));
  return {
    path: '/',
    ...cookieDomain(settings.SESSION_COOKIE_DOMAIN),
    httpOnly: settings.SESSION_COOKIE_HTTPONLY,
    sameSite: settings.SESSION_COOKIE_SAMESITE,
    secure,
    ...(seal.untilBrowserCloses ? {} : { maxAge }),
  };
}

/** The attributes of a cookie that takes the session's away. */
export function endedCookieOptions(secure: boolean): CookieOptions {
  const domain = cookieDomain(settings.SESSION_COOKIE_DOMAIN);
  return { path: '/', ...domain, secure, httpOnly: true, maxAge: 0 };
}

/**
 * What takes Django's token for forms away from a browser that has one, so that Django makes another:
 * whoever knew it before somebody signed in must not know it afterwards. Null with sessions of our own.
 * Django: middleware/csrf.py rotate_token
 */
export function endedFormToken(secure: boolean): { name: string; options: CookieOptions } | null {
  if (!isDjangos()) return null;
  const domain = cookieDomain(settings.CSRF_COOKIE_DOMAIN);
  return { name: settings.CSRF_COOKIE_NAME, options: { path: '/', ...domain, secure, maxAge: 0 } };
}

function isDjangos(): boolean {
  return settings.SESSION_ENGINE === 'django.db';
}

function openKey(key: string, now: number): OpenedSeal | null {
  if (!DJANGO_KEY.test(key)) return null;
  const expires = now + settings.SESSION_ABSOLUTE_AGE * 1000;
  const untilBrowserCloses = settings.SESSION_EXPIRE_AT_BROWSER_CLOSE;
  return { seal: { key, expires, untilBrowserCloses }, isCurrent: true };
}

function cookieDomain(domain: string | null): { domain?: string } {
  return isDjangos() && domain !== null ? { domain } : {};
}

// The id is taken from the key itself, not from its position in the settings: a secret that moves
// to the fallbacks, or is dropped from them, must not change the name of the others.
function sealKey(secret: string): Promise<SealKey> {
  const known = derived.get(secret);
  if (known) return known;
  const made = deriveKey(secret);
  derived.set(secret, made);
  return made;
}

async function deriveKey(secret: string): Promise<SealKey> {
  const bytes = new TextEncoder().encode(`gatehouse.sessions.cookie${secret}`);
  const key = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const name = await crypto.subtle.digest('SHA-256', key);
  const password = Array.from(key, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { id: new DataView(name).getUint32(0) >>> 1, password };
}

function parseSeal(content: unknown): SessionSeal | null {
  if (typeof content !== 'object' || content === null) return null;
  const { k, u, e, b } = content as Record<string, unknown>;
  if (typeof k !== 'string' || typeof e !== 'number' || typeof b !== 'boolean') return null;
  if (u !== null && typeof u !== 'number') return null;
  return { key: k, userId: u, expires: e, untilBrowserCloses: b };
}
