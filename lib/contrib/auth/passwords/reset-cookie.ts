import { sealedCookie } from '@/lib/core/sealed-cookie';

/** The two parts of a reset link that say whose it is and that it may be used. */
export type ResetLink = { uidb64: string; token: string };

/** Seconds between opening a reset link and sending its form; opening it again begins anew. */
export const RESET_COOKIE_AGE = 60 * 60;

/**
 * The cookie that stands in for an opened link, so that the token leaves the address bar. It is sent
 * to the one page whose form uses the link.
 * Django: contrib/auth/views.py INTERNAL_RESET_SESSION_TOKEN (kept in the session there)
 */
export const resetCookie = sealedCookie<ResetLink>({
  name: 'gatehouse_reset',
  salt: 'gatehouse.auth.reset-cookie',
  maxAge: RESET_COOKIE_AGE,
  path: ({ uidb64 }) => setPasswordPath(uidb64),
  parse(content) {
    if (typeof content !== 'object' || content === null) return null;
    const { uidb64, token } = content as Record<string, unknown>;
    return typeof uidb64 === 'string' && typeof token === 'string' ? { uidb64, token } : null;
  },
});

/** The address of the page that an opened link leads to. */
export function setPasswordPath(uidb64: string): string {
  return `/accounts/reset/${uidb64}/set-password/`;
}
