import { sealData, unsealData } from 'iron-session';
import { settings } from '@/lib/conf/settings';
import { cookieName } from '@/lib/core/cookies';
import { saltedHmac, sha256Hex } from '@/lib/core/crypto';

/** The two parts of a reset link that say whose it is and that it may be used. */
export type ResetLink = { uidb64: string; token: string };

/** Seconds between opening a reset link and sending its form; opening it again begins anew. */
export const RESET_COOKIE_AGE = 60 * 60;

const NAME = 'gatehouse_reset';
const MAX_LENGTH = 1024;

/**
 * Seal an opened link for the cookie that stands in for it, so that the token leaves the address
 * bar. The seal ends by itself after RESET_COOKIE_AGE. Its key serves nothing else: a session's
 * cookie does not open here, nor this one there.
 * Django: contrib/auth/views.py INTERNAL_RESET_SESSION_TOKEN (kept in the session there)
 */
export function sealResetLink({ uidb64, token }: ResetLink): Promise<string> {
  const password = Object.fromEntries([sealKey(settings.SECRET_KEY)]);
  return sealData({ u: uidb64, t: token }, { password, ttl: RESET_COOKIE_AGE });
}

/**
 * The link in the first of these cookies that is an unexpired seal of ours and fits the page, else
 * null. Never throws.
 */
export async function openResetLink(
  cookies: readonly string[],
  fits: (link: ResetLink) => boolean = () => true,
): Promise<ResetLink | null> {
  for (const cookie of cookies) {
    const link = await openCookie(cookie);
    if (link && fits(link)) return link;
  }
  return null;
}

async function openCookie(cookie: string): Promise<ResetLink | null> {
  if (cookie.length > MAX_LENGTH) return null;
  const secrets = [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
  const password = Object.fromEntries(secrets.map(sealKey));
  try {
    const { u, t } = await unsealData<Record<string, unknown>>(cookie, {
      password,
      ttl: RESET_COOKIE_AGE,
    });
    return typeof u === 'string' && typeof t === 'string' ? { uidb64: u, token: t } : null;
  } catch {
    return null;
  }
}

/** The cookie's name, with the prefix that a secure origin's browser guards. */
export function resetCookieName(secure: boolean): string {
  return cookieName(NAME, secure, setPasswordPath(''));
}

/** The cookie's attributes. It is sent to the one page whose form uses the link. */
export function resetCookieOptions(uidb64: string, secure: boolean) {
  const sameSite: 'lax' = 'lax';
  return {
    path: setPasswordPath(uidb64),
    httpOnly: true,
    sameSite,
    secure,
    maxAge: RESET_COOKIE_AGE,
  };
}

/** The address of the page that an opened link leads to. */
export function setPasswordPath(uidb64: string): string {
  return `/accounts/reset/${uidb64}/set-password/`;
}

// The id of a key is taken from the key, as in lib/contrib/sessions/cookie.ts and for the same reason.
function sealKey(secret: string): [id: string, password: string] {
  const password = saltedHmac('gatehouse.auth.reset-cookie', '', secret);
  return [String(Number.parseInt(sha256Hex(password).slice(0, 8), 16) >>> 1), password];
}
