import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import { inWords } from '@/lib/contrib/auth/mails/password-reset-mail';
import { writeLetter } from '@/lib/core/mail/letter';
import type { Letter } from './send';

type Happened = { username: string; when: Date; origin: string };

/** The link with which somebody chooses the password that nobody else should know. */
export function setPasswordMail(username: string, link: string): Letter {
  const subject = `Choose a password for ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `the people who run ${new URL(link).host} ask you to choose a password for your account. Your username is ${username}.`,
    { label: 'Choose a password', href: link, strong: true },
    `The link works once, and for ${inWords(settings.PASSWORD_RESET_TIMEOUT)} at most. It ends when you sign in.`,
  ]);
  return { subject, ...letter };
}

/** The notice that an account has another username. OWASP ASVS 5.0 6.3.7 */
export function usernameChangedMail({ username, when, origin }: Happened, former: string): Letter {
  const subject = `The username of your ${settings.SITE_NAME} account was changed`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `your username at ${new URL(origin).host}, which was ${former}, was changed on ${clockOf(when)}. You sign in as ${username} from now on.`,
    'If it was not you, change your password at once, and tell the people who run the site.',
    { label: 'Choose a new password', href: `${origin}/accounts/password_reset/` },
  ]);
  return { subject, ...letter };
}

/** The notice that an account is to be deleted, with the way back. */
export function deletionAskedMail(
  { username, when, origin }: Happened,
  { link, due }: { link: string; due: Date },
): Letter {
  const subject = `Your ${settings.SITE_NAME} account will be deleted`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `on ${clockOf(when)} your account at ${new URL(origin).host} was closed, as you asked. It is deleted on ${clockOf(due)}. Until then nobody can sign in to it.`,
    { label: 'Keep my account', href: link, strong: true },
    'If it was not you, press this, and then choose a new password.',
  ]);
  return { subject, ...letter };
}

/** The last letter to somebody whose account is gone. */
export function accountDeletedMail({ username, when, origin }: Happened): Letter {
  const subject = `Your ${settings.SITE_NAME} account is deleted`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `your account at ${new URL(origin).host} was deleted on ${clockOf(when)}, as you asked. This is the last mail about it.`,
  ]);
  return { subject, ...letter };
}
