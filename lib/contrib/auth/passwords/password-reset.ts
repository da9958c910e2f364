import { passwordResetMail } from '@/lib/contrib/auth/mails/password-reset-mail';
import type { User } from '@/lib/contrib/auth/models';
import { decodeUid, defaultTokenGenerator, encodeUid } from '@/lib/contrib/auth/tokens';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { usersByEmail } from '@/lib/contrib/auth/users/user-rows';
import { getLogger } from '@/lib/core/logging';
import { sendMail } from '@/lib/core/mail';
import type { ResetLink } from './reset-cookie';

const logger = getLogger('auth.mail');

/**
 * Mail a reset link to everybody who has this address. `origin` is what the link begins with. A mail
 * that fails is logged without its content and the next one is sent: nobody must learn from an error
 * who has an account. Call it after the request is answered, so that nobody learns it from the time.
 * Django: contrib/auth/forms.py PasswordResetForm.save, send_mail
 */
export async function sendResetMails(email: string, origin: string): Promise<void> {
  for (const user of await findResettableUsers(email)) {
    const token = defaultTokenGenerator.makeToken(user);
    const link = `${origin}/accounts/reset/${encodeUid(user.id)}/${token}/`;
    await sendMailQuietly(user, passwordResetMail(user, link));
  }
}

/**
 * The active users with a usable password whose stored address is this one, as `usersByEmail` compares.
 * Django: contrib/auth/forms.py PasswordResetForm.get_users
 */
export async function findResettableUsers(email: string): Promise<User[]> {
  const users = await usersByEmail(getUserModel(), email);
  return users.filter((user) => user.isActive && user.hasUsablePassword());
}

/** Whose password an opened link may set; null when it is used, too old, damaged or invented. */
export async function findUserOfLink({ uidb64, token }: ResetLink): Promise<User | null> {
  const id = decodeUid(uidb64);
  const user = id === null ? null : await findUser(getUserModel(), 'id', id);
  return user && defaultTokenGenerator.checkToken(user, token) ? user : null;
}

/**
 * Send a mail of which nobody waits for the outcome. A failure is one line in the log: the user's id
 * and the reason, never the mail. Nothing is sent to a user without an address.
 */
export async function sendMailQuietly(
  user: Pick<User, 'id' | 'email'>,
  mail: { subject: string; text: string; html: string },
): Promise<void> {
  if (user.email === '') return;
  try {
    await sendMail({ to: user.email, ...mail });
  } catch (error) {
    const reason = String(error instanceof Error ? error.message : error).replace(/\s+/g, ' ');
    logger.error(`The mail "${mail.subject}" to user ${user.id} was not sent: ${reason}`);
  }
}
