import { cookies } from 'next/headers';
import type { User } from '@/lib/auth/models';
import { findUserOfLink } from '@/lib/auth/password-reset';
import {
  openResetLink,
  type ResetLink,
  resetCookieName,
  resetCookieOptions,
  sealResetLink,
} from '@/lib/auth/reset-cookie';
import { readCookies } from '@/lib/core/cookies';
import type { HttpRequest } from '@/lib/http/request';

/** Keep an opened link for the page that its cookie is bound to. */
export async function keepLink({ isSecure }: HttpRequest, link: ResetLink): Promise<void> {
  const options = resetCookieOptions(link.uidb64, isSecure);
  (await cookies()).set(resetCookieName(isSecure), await sealResetLink(link), options);
}

/** The link that this browser has opened, if it may still be used, and whose it is. */
export async function openedLink({
  isSecure,
  headers,
}: HttpRequest): Promise<{ link: ResetLink; user: User } | null> {
  const link = await openResetLink(readCookies(headers, resetCookieName(isSecure)));
  const user = link && (await findUserOfLink(link));
  return user && { link, user };
}

/** Forget an opened link. */
export async function dropLink({ isSecure }: HttpRequest, { uidb64 }: ResetLink): Promise<void> {
  const options = { ...resetCookieOptions(uidb64, isSecure), maxAge: 0 };
  (await cookies()).set(resetCookieName(isSecure), '', options);
}
