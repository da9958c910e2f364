import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import type { User } from '@/lib/contrib/auth/models';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { writeLetter } from '@/lib/core/mail/letter';

/** When something happened, from where, and where the site is. */
export type Occasion = { readonly when: Date; readonly ipAddress: string; readonly origin: string };

/**
 * Tell the owner that somebody has given the right password and then wrong codes. Call it after the
 * request is answered.
 * OWASP ASVS 5.0 6.3.5
 */
export async function sendFailedFactorMail(
  user: User,
  { when, ipAddress, origin }: Occasion,
): Promise<void> {
  const subject = `Wrong codes at your ${settings.SITE_NAME} account`;
  const letter = writeLetter(subject, [
    `Hello ${user.username},`,
    `somebody gave your password at ${new URL(origin).host} and then several wrong codes, the last on ${clockOf(when)}${fromWhere(ipAddress)}. They were not let in.`,
    'If it was you, all is well, and this mail asks nothing of you.',
    'If it was not you, somebody knows your password: choose a new one at once.',
    { label: 'Choose a new password', href: `${origin}/accounts/password_reset/` },
  ]);
  await sendMailQuietly(user, { subject, ...letter });
}

/** The network address as letters name it; nothing where it is not known. */
export function fromWhere(ipAddress: string): string {
  return ipAddress === '' ? '' : ` from the network address ${ipAddress}`;
}
