import { settings } from '@/lib/conf/settings';
import { inWords } from '@/lib/contrib/auth/mails/password-reset-mail';
import { writeLetter } from '@/lib/core/mail/letter';
import type { Letter } from './send';

type Code = { username: string; code: string; link: string; age: number };

/** The code with which somebody signs in, and the link that only works in the browser that asked. */
export function loginCodeMail({ username, code, link, age }: Code): Letter {
  const subject = `Your code to sign in to ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `type this code where you asked for it, within ${inWords(age)}: ${code}`,
    { label: 'Or open this in the same browser', href: link },
    `Give the code to nobody: nobody at ${new URL(link).host} will ask you for it.`,
    'If you did not ask for it, do nothing. Without the code nobody comes in.',
  ]);
  return { subject, ...letter };
}

/** The code that shows, in the middle of a sign-in, that the address is read by its owner. */
export function verifyEmailMail({
  username,
  code,
  age,
}: Pick<Code, 'username' | 'code' | 'age'>): Letter {
  const subject = `Confirm your address at ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `to go on signing in, type this code within ${inWords(age)}: ${code}`,
    'If you are not signing in, somebody else has your password: change it.',
  ]);
  return { subject, ...letter };
}
