import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import type { User } from '@/lib/contrib/auth/models';
import { type TransactionClient, transaction } from '@/lib/db/client';
import { makeAccount, type NewAccount } from '@/lib/extras/account/new-account/make-account';
import { joinInvitedGroups } from './giving-groups';
import { findInvitation, type Invitation, isInvited, pendingAt } from './invitations';
import { hashOfToken } from './tokens';

/**
 * Make the account of whoever was invited, with the groups that the inviter may give by now, in one
 * transaction. Of two who use a link at once one makes an account. Null when the invitation is worth
 * nothing any more, or the address has an account by now: its owner signs in and joins. Throws as
 * `makeAccount`.
 * django-invitations: views.py AcceptInvite, signals of the sign-up
 */
export async function acceptAsNew(
  request: SecurityRequest,
  token: string,
  { username, password }: Pick<NewAccount, 'username' | 'password'>,
): Promise<User | null> {
  const email = (await findInvitation(token))?.email;
  if (email === undefined) return null;
  return makeAccount(
    request,
    { username, email, password, by: 'invitation' },
    {
      begin: (tx) => useUp(tx, token),
      async end(tx, user, invitation) {
        await tx.invitation.updateMany({
          where: { id: invitation.id },
          data: { userId: user.id },
        });
        await joinInvitedGroups(tx, request, { invitation, user });
      },
    },
  );
}

/**
 * Let whoever is signed in and was invited join the groups, likewise. Gives the names of those joined;
 * null when the invitation is worth nothing any more, or is for somebody else's address.
 */
export async function acceptAsUser(
  request: SecurityRequest & { user: User },
  token: string,
): Promise<string[] | null> {
  const { user } = request;
  const found = await findInvitation(token);
  if (!found || !(await isInvited(user, found))) return null;
  return transaction(async (tx) => {
    const invitation = await useUp(tx, token);
    if (!invitation) return null;
    await tx.invitation.updateMany({ where: { id: invitation.id }, data: { userId: user.id } });
    const detail = { kind: 'invitation', invitation: invitation.id };
    const name = 'user_updated' as const;
    await logSecurityEvent({ name, actor: user, target: user, request, detail, tx });
    return joinInvitedGroups(tx, request, { invitation, user });
  });
}

// The row is what counts once: whoever comes second finds it accepted.
async function useUp(tx: TransactionClient, token: string): Promise<Invitation | null> {
  const now = new Date();
  const found = await findInvitation(token, tx, now);
  if (!found) return null;
  const { count } = await tx.invitation.updateMany({
    where: { tokenHash: hashOfToken(token), ...pendingAt(now) },
    data: { accepted: now },
  });
  return count > 0 ? found : null;
}
