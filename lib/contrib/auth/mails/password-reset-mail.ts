import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { writeLetter } from '@/lib/core/mail/letter';

/**
 * The mail with the link to a new password.
 * Django: registration/password_reset_subject.txt, password_reset_email.html
 */
export function passwordResetMail(user: Pick<User, 'username'>, link: string) {
  const subject = `Choose a new password for ${settings.SITE_NAME}`;
  const site = new URL(link).host;
  const letter = writeLetter(subject, [
    `Hello ${user.username},`,
    `somebody, most likely you, asked for a new password for your account at ${site}.`,
    { label: 'Choose a new password', href: link, strong: true },
    `The link works once, and for ${inWords(settings.PASSWORD_RESET_TIMEOUT)} at most. It ends when you sign in.`,
    'If it was not you, do nothing: your password stays as it is, and whoever asked learns nothing.',
  ]);
  return { subject, ...letter };
}

/** A number of seconds as letters name it, in the largest unit that it fills: "3 days". */
export function inWords(seconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? (['second', 1] as const);
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.floor(seconds / length),
  );
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
