import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { sealedCookie } from '@/lib/core/sealed-cookie';

/** Seconds during which whoever has reset somebody's factors is shown the ticket. */
const TICKET_SHOWN = 600;

/** The address of the page with somebody's second factors. */
export function factorsPath(userId: number): string {
  return userAdminPath(`${userId}/2fa/`);
}

/** Carries a new ticket to the page that shows it: in no address, no state of a form, no row. */
export const ticketCookie = sealedCookie<{ user: number; ticket: string }>({
  name: 'gatehouse_mfa_ticket',
  salt: 'gatehouse.mfa.enrolment-ticket',
  maxAge: TICKET_SHOWN,
  path: ({ user }) => factorsPath(user),
  parse(content) {
    if (typeof content !== 'object' || content === null) return null;
    const { user, ticket } = content as Record<string, unknown>;
    return typeof user === 'number' && typeof ticket === 'string' ? { user, ticket } : null;
  },
});
