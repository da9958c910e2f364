import { type AuthRequest, updateSessionAuthHash } from '@/lib/contrib/auth';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import { logSecurityEvent, type SecurityRequest } from '@/lib/contrib/auth/events/security-events';
import {
  type PasswordChange,
  passwordChangedMail,
} from '@/lib/contrib/auth/mails/password-changed-mail';
import type { User } from '@/lib/contrib/auth/models';
import { passwordChanged } from '@/lib/contrib/auth/password-validation';
import type { AttemptKeys } from '@/lib/contrib/auth/sign-in/attempts';
import { recordAuthMethod } from '@/lib/contrib/auth/sign-in/auth-methods';
import { endSessions } from '@/lib/contrib/sessions/store';
import { Prisma, type TransactionClient, transaction } from '@/lib/db/client';
import { sendMailQuietly } from './password-reset';

/** What the owner of a password showed to be allowed to change it. */
export type PasswordProof = 'old password' | 'reset link' | 'fresh sign-in';

/**
 * Give `user` a new password, end their sessions and note it, all in one transaction. The session of
 * `request` stays, under a new key, if it is the user's and they showed their old password, or who they
 * are where they had none; after a reset link nobody is signed in. Returns how many other sessions ended, or null, with nothing
 * changed, when the password is no longer the one that the proof was checked against: of two who use
 * a link at once one wins. Throws PermissionDenied for whoever acts as somebody else.
 * Django: contrib/auth/views.py PasswordChangeView.form_valid, PasswordResetConfirmView.form_valid
 */
export async function changePassword(
  request: AuthRequest & SecurityRequest,
  user: User,
  password: string,
  proof: PasswordProof,
): Promise<number | null> {
  refuseImpersonation(request);
  const before = user.encodedPassword();
  await user.setPassword(password);
  const isOwn = proof !== 'reset link' && request.user.equals(user);
  const stays = isOwn ? request.session.id : null;
  const ended = await transaction(async (tx) => {
    if (!(await storePassword(tx, user, before))) return null;
    const others = { userId: user.id, ...(stays !== null && { id: { not: stays } }) };
    const count = await endSessions(tx, others);
    await logSecurityEvent({
      name: 'authn_password_change',
      actor: request.user,
      target: user,
      request,
      detail: { proof, sessionsEnded: count },
      tx,
    });
    return count;
  });
  if (ended === null) return null;
  if (stays !== null) {
    updateSessionAuthHash(request, user);
    // One that was only chosen proves nothing.
    if (proof === 'old password') {
      recordAuthMethod(request.session, { method: 'password', at: Date.now() });
    }
  }
  await passwordChanged(password, user);
  return ended;
}

/**
 * Tell the owner of the account by mail that its password was changed. Call it after the request is
 * answered.
 * OWASP ASVS 5.0 6.3.7
 */
export async function sendPasswordChangedMail(user: User, change: PasswordChange): Promise<void> {
  await sendMailQuietly(user, passwordChangedMail(user, change));
}

/**
 * Keep this session when checking the old password stored it with a better hash: the hash that the
 * session carries is that of the former one. `before` is the password as it was stored.
 */
export function keepSessionAfterUpgrade(request: AuthRequest, user: User, before: string): void {
  if (user.encodedPassword() !== before) updateSessionAuthHash(request, user);
}

/**
 * Under what the tries at one's own password are counted, where somebody is signed in: by session,
 * so that whoever has got hold of one cannot use up the owner's. A further session takes the
 * password.
 */
export function ownPasswordTries(request: {
  user: User;
  ipAddress: string;
  session: { readonly id: number | null };
}): AttemptKeys {
  const { user, ipAddress, session } = request;
  const device = session.id === null ? null : `session ${session.id}`;
  return { account: user.username, network: ipAddress, device };
}

async function storePassword(tx: TransactionClient, user: User, before: string): Promise<boolean> {
  const { table, columns } = user.meta;
  const column = (field: string) => Prisma.raw(`"${columns[field]}"`);
  const changed = await tx.$executeRaw`
    UPDATE ${Prisma.raw(`"${table}"`)} SET ${column('password')} = ${user.encodedPassword()}
    WHERE ${column('id')} = ${user.id} AND ${column('password')} = ${before}`;
  return changed > 0;
}
