import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import type { User } from '@/lib/contrib/auth/models';
import { writeLetter } from '@/lib/core/mail/letter';
import { getTextList } from '@/lib/core/text';

type Reader = Pick<User, 'username'>;
type Made = { names: readonly string[]; by: string; when: Date };
type Seen = { when: Date; ipAddress: string };

/** The notice to superusers that there is another. */
export function superuserMail({ username }: Reader, { names, by, when }: Made) {
  const who = getTextList(names);
  const subject = `A superuser was made on ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `${who} may do everything on ${settings.SITE_NAME} now: ${by === '' ? 'somebody' : by} made them ${names.length === 1 ? 'a superuser' : 'superusers'} on ${clockOf(when)}.`,
    'If you knew of it, all is well, and this mail asks nothing of you.',
    'If you did not, take it back, and end the sessions of both.',
    ...linkTo('Look at superusers', '/admin/auth/user/?is_superuser__exact=1'),
  ]);
  return { subject, ...letter };
}

/** The notice that tries at somebody's name have failed. */
export function failuresMail({ username }: Reader, { when, ipAddress }: Seen) {
  const subject = `Tries to sign in to your ${settings.SITE_NAME} account failed`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `so many tries to sign in as you have failed that the next ones have to wait. The last was on ${clockOf(when)}${whereOf(ipAddress)}.`,
    'If it was you, wait a moment, or choose a new password by mail.',
    'If it was not you, nobody has come in. A password that you use nowhere else keeps it so.',
    ...linkTo('Your recent sign-ins', '/accounts/sign-ins/'),
  ]);
  return { subject, ...letter };
}

/** The notice that somebody signed in from where they had not been. */
export function newDeviceMail(
  { username }: Reader,
  { when, ipAddress, browser }: Seen & { browser: string },
) {
  const subject = `New sign-in to your ${settings.SITE_NAME} account`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `you signed in on ${clockOf(when)} with ${browser}${whereOf(ipAddress)}, for the first time so.`,
    'If it was you, all is well, and this mail asks nothing of you.',
    'If it was not you, choose a new password at once: all other sessions end with it.',
    ...linkTo('Your recent sign-ins', '/accounts/sign-ins/'),
  ]);
  return { subject, ...letter };
}

function whereOf(ipAddress: string): string {
  return ipAddress === '' ? '' : ` from the network address ${ipAddress}`;
}

// What is told after the answer knows the site's address from its settings alone.
function linkTo(label: string, path: string): { label: string; href: string }[] {
  const { APP_ORIGIN } = settings;
  return APP_ORIGIN ? [{ label, href: `${APP_ORIGIN}${path}` }] : [];
}
