import type { User } from '@/lib/contrib/auth/models';
import { db } from '@/lib/db/client';
import { addressesOf } from './emails/addresses';

const TIMES = { created: true, expires: true, accepted: true, revoked: true } as const;

/**
 * The addresses of a person, the invitations that they accepted, and those that they sent: of these not
 * to whom, since that is somebody else's address.
 */
export async function exportAddresses(user: User) {
  const addresses = await addressesOf(user);
  const accepted = await db.invitation.findMany({
    where: { userId: user.id },
    select: { email: true, ...TIMES },
    orderBy: { id: 'asc' },
  });
  const sent = await db.invitation.findMany({
    where: { inviterId: user.id },
    select: { note: true, ...TIMES },
    orderBy: { id: 'asc' },
  });
  return {
    addresses: addresses.map(({ email, verified, primary }) => ({ email, verified, primary })),
    invitationsAccepted: accepted,
    invitationsSent: sent,
  };
}
