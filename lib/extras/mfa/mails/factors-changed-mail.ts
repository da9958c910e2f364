import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import type { User } from '@/lib/contrib/auth/models';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { writeLetter } from '@/lib/core/mail/letter';
import { fromWhere, type Occasion } from './failed-factor-mail';

/** What became of somebody's factors: "An authenticator app was added". */
export type FactorNews = Occasion & {
  readonly what: string;
  /** Whether somebody who runs the site did it. */
  readonly byOthers?: boolean;
};

/**
 * Tell the owner what was changed of their second factors. No secret, code or ticket is in it. Call it
 * after the request is answered.
 * OWASP ASVS 5.0 6.3.7
 */
export async function sendFactorsChangedMail(
  user: Pick<User, 'id' | 'username' | 'email'>,
  { what, when, ipAddress, origin, byOthers = false }: FactorNews,
): Promise<void> {
  const subject = `The second factors of your ${settings.SITE_NAME} account were changed`;
  const where = byOthers ? ', by the people who run the site' : fromWhere(ipAddress);
  const ended = byOthers ? 'All sessions have ended.' : 'All other sessions have ended.';
  const letter = writeLetter(subject, [
    `Hello ${user.username},`,
    `${what} at your account at ${new URL(origin).host} on ${clockOf(when)}${where}. ${ended}`,
    'If you knew of it, all is well, and this mail asks nothing of you.',
    'If you did not, choose a new password at once, and tell the people who run the site.',
    { label: 'Choose a new password', href: `${origin}/accounts/password_reset/` },
  ]);
  await sendMailQuietly(user, { subject, ...letter });
}
