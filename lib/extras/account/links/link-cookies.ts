import { z } from 'zod';
import { type SealedCookie, sealedCookie } from '@/lib/core/sealed-cookie';

/** The token of a link that was opened. */
export type OpenedLink = { readonly token: string };

/** Seconds between opening a link and pressing its button; opening it again begins anew. */
const OPENED_AGE = 60 * 60;

const opened = z.object({ token: z.string() });

/** The cookie for an opened link, and the page that it leads to. */
export type LinkCookie = { readonly page: string; readonly cookie: SealedCookie<OpenedLink> };

function linkCookie(name: string, page: string): LinkCookie {
  const cookie = sealedCookie<OpenedLink>({
    name: `gatehouse_${name}`,
    salt: `gatehouse.account.${name}`,
    maxAge: OPENED_AGE,
    path: page,
    parse: (content) => opened.safeParse(content).data ?? null,
  });
  return { page, cookie };
}

/** Each kind of mailed link: its token leaves the address bar for a cookie of the one page it serves. */
export const LINKS = {
  signup: linkCookie('signup', '/accounts/signup/complete/'),
  invitation: linkCookie('invitation', '/accounts/invitation/'),
  confirmEmail: linkCookie('confirm_email', '/accounts/confirm-email/'),
  undoEmail: linkCookie('undo_email', '/accounts/email/undo/'),
  undoDeletion: linkCookie('undo_deletion', '/accounts/delete/undo/'),
} as const;
