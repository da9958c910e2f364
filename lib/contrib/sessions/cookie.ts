import { sealData, unsealData } from 'iron-session';
import { settings } from '@/lib/conf/settings';
import { cookieName } from '@/lib/core/cookies';
import { OpenedSeals } from './opened-seals';

/**
 * What the session cookie carries, sealed: which row of `auth_session`, whose it was when sealed
 * (a hint for the gate, never proof), and when it ends at the latest. Never a permission.
 */
export type SessionSeal = {
  /** The session key in clear; the row holds its SHA-256. */
  key: string;
  userId: number | null;
  /** Absolute end, in milliseconds since 1970. */
  expires: number;
  /** True when the cookie ends with the browser ("Keep me signed in" unticked). */
  untilBrowserCloses: boolean;
};

/** An opened cookie; `isCurrent` is false when a retired secret had sealed it. */
export type OpenedSeal = { seal: SessionSeal; isCurrent: boolean };

type SealKey = { id: number; password: string };

const MAX_COOKIE_LENGTH = 4096;
const derived = new Map<string, Promise<SealKey>>();
const openedSeals = new OpenedSeals<Readonly<SessionSeal>>(1000);

/**
 * Seal a session's identity with the current secret; under 700 bytes.
 * Encrypted and authenticated by iron-session (AES-256-CBC, HMAC-SHA256). Runs at the Edge.
 */
export async function sealSession(seal: SessionSeal, now = Date.now()): Promise<string> {
  const { id, password } = await sealKey(settings.SECRET_KEY);
  const content = { k: seal.key, u: seal.userId, e: seal.expires, b: seal.untilBrowserCloses };
  return sealData(content, {
    password: { [id]: password },
    ttl: Math.max(1, Math.ceil((seal.expires - now) / 1000)),
  });
}

/**
 * Open a session cookie with the current secret or a fallback. Anything else than an unexpired
 * seal of ours (missing, damaged, truncated, foreign, enormous) is null, never an error. A seal that
 * was opened before is not deciphered again while its key counts; its end is looked at each time.
 */
export async function openSession(
  cookie: string | undefined,
  now = Date.now(),
): Promise<OpenedSeal | null> {
  if (!cookie || cookie.length > MAX_COOKIE_LENGTH) return null;
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

/** The cookie's name: with the `__Host-` prefix where browsers honour it, on a secure origin. */
export function sessionCookieName(secure: boolean): string {
  return cookieName(settings.SESSION_COOKIE_NAME, secure);
}

/** The cookie's attributes; `maxAge` is in seconds and absent for a browser-session cookie. */
export function sessionCookieOptions(seal: SessionSeal, secure: boolean, now = Date.now()) {
  const maxAge = Math.max(0, Math.floor((seal.expires - now) / 1000));
  return {
    path: '/',
    httpOnly: settings.SESSION_COOKIE_HTTPONLY,
    sameSite: settings.SESSION_COOKIE_SAMESITE,
    secure,
    ...(seal.untilBrowserCloses ? {} : { maxAge }),
  };
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
