import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { type DbClient, db } from '@/lib/db/client';
import { foldAddress, ownersOf } from '@/lib/extras/account/emails/addresses';
import { invitationMail } from '@/lib/extras/account/mails/invitation-mails';
import { sendLetter } from '@/lib/extras/account/mails/send';
import { hashOfToken, newInvitationToken } from './tokens';

/** An invitation as its link finds it, with the groups that it names. */
export type Invitation = {
  readonly id: number;
  readonly email: string;
  readonly inviterId: number | null;
  readonly inviterUsername: string;
  readonly note: string;
  readonly expires: Date;
  readonly groups: readonly { readonly id: number; readonly name: string }[];
};

/** How far an invitation has come. */
export type InvitationStatus = 'pending' | 'accepted' | 'revoked' | 'expired';

/** How far an invitation has come by now. */
export function statusOf(
  { accepted, revoked, expires }: { accepted: Date | null; revoked: Date | null; expires: Date },
  now = new Date(),
): InvitationStatus {
  if (accepted) return 'accepted';
  if (revoked) return 'revoked';
  return expires <= now ? 'expired' : 'pending';
}

/** When an invitation that is sent now is over. */
export function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + settings.INVITATIONS_INVITATION_EXPIRY * 1000);
}

/** What a row must be to be accepted. */
export function pendingAt(now: Date) {
  return { accepted: null, revoked: null, expires: { gt: now } };
}

/**
 * The invitation of a mailed link; null when it is used, taken back, over, or was sent anew since, which
 * all look alike.
 */
export async function findInvitation(
  token: string,
  client: DbClient = db,
  now = new Date(),
): Promise<Invitation | null> {
  const row = await client.invitation.findFirst({
    where: { tokenHash: hashOfToken(token), ...pendingAt(now) },
    include: { groups: { include: { group: true } } },
  });
  if (!row) return null;
  const { id, email, inviterId, inviterUsername, note, expires } = row;
  const groups = row.groups.map(({ group }) => ({ id: group.id, name: group.name }));
  return { id, email, inviterId, inviterUsername, note, expires, groups };
}

/**
 * Give a pending invitation a new token, which ends the former one, and mail it. For the time after the
 * answer: one that is accepted or taken back meanwhile is left alone. A mail that fails is a line in the
 * log, and is sent again by "Resend".
 * django-invitations: models.py Invitation.send_invitation
 */
export async function sendInvitation(
  id: number,
  { when, origin }: { when: Date; origin: string },
): Promise<void> {
  const { token, tokenHash } = newInvitationToken();
  const data = { tokenHash, expires: expiryFrom(when) };
  const { count } = await db.invitation.updateMany({
    where: { id, accepted: null, revoked: null },
    data,
  });
  const row = count > 0 ? await db.invitation.findUnique({ where: { id } }) : null;
  if (!row) return;
  const { email, inviterUsername: inviter, note, expires } = row;
  const link = `${origin}/accounts/invitation/${token}/`;
  await sendLetter(email, invitationMail({ inviter, note, expires }, link));
}

/** Whether an invitation is meant for this person: the address is the one of their account, or confirmed. */
export async function isInvited(
  user: User,
  { email }: Pick<Invitation, 'email'>,
): Promise<boolean> {
  if (foldAddress(user.email) === foldAddress(email)) return true;
  return (await ownersOf(email)).some(({ id }) => id === user.id);
}
