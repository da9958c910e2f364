import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { writeLetter } from '@/lib/core/mail/letter';

/** How a password was changed, as far as its owner should know. */
export type PasswordChange = {
  when: Date;
  ipAddress: string;
  origin: string;
  /** Whether the account had none before. */
  isFirst?: boolean;
};

/** The notice after a change of password, to whoever owns the address: it may not have been them. */
export function passwordChangedMail(
  user: Pick<User, 'username'>,
  { when, ipAddress, origin, isFirst = false }: PasswordChange,
) {
  const subject = isFirst
    ? `Your ${settings.SITE_NAME} account has a password now`
    : `Your ${settings.SITE_NAME} password was changed`;
  const host = new URL(origin).host;
  const done = isFirst
    ? `a password was set for your account at ${host}, which had none,`
    : `the password of your account at ${host} was changed`;
  const where = ipAddress === '' ? '' : ` from the network address ${ipAddress}`;
  const letter = writeLetter(subject, [
    `Hello ${user.username},`,
    `${done} on ${clockOf(when)}${where}. All other sessions have ended.`,
    'If it was you, all is well, and this mail asks nothing of you.',
    'If it was not you, choose a new password at once, and tell the people who run the site.',
    { label: 'Choose a new password', href: `${origin}/accounts/password_reset/` },
  ]);
  return { subject, ...letter };
}

/** A moment as letters name it, in the site's time zone. */
export function clockOf(when: Date): string {
  const { TIME_ZONE: timeZone } = settings;
  const style = { dateStyle: 'long', timeStyle: 'long', timeZone } as const;
  return new Intl.DateTimeFormat('en-GB', style).format(when);
}
