import type { User } from '@/lib/contrib/auth/models';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { type IdentityChange, type IdentityField, identityMail } from './identity-mail';

/** What somebody was known by before, and what of it was changed. */
export type IdentityNews = {
  before: { username: string; email: string };
  fields: readonly IdentityField[];
};

/**
 * Tell the owner of an account what was changed of it: at the address that it has, and at the one
 * it had if that is another. The former address learns neither the new one nor the new name. Call it
 * after the change is committed and the request is answered; a mail that fails is a line in the log.
 * OWASP ASVS 5.0 6.3.7
 */
export async function sendIdentityMails(
  user: Pick<User, 'id' | 'username' | 'email'>,
  { before, fields }: IdentityNews,
  change: IdentityChange,
): Promise<void> {
  const isMoved = before.email !== user.email;
  if (isMoved) {
    const { id } = user;
    const mail = identityMail({ username: before.username, newUsername: null }, fields, change);
    await sendMailQuietly({ id, email: before.email }, mail);
  }
  const newUsername = fields.includes('username') ? user.username : null;
  const mail = identityMail({ username: before.username, newUsername }, fields, change);
  await sendMailQuietly(user, mail);
}
