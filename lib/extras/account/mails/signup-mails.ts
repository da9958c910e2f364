import { settings } from '@/lib/conf/settings';
import { inWords } from '@/lib/contrib/auth/mails/password-reset-mail';
import { writeLetter } from '@/lib/core/mail/letter';
import type { Letter } from './send';

/** The proof of a new address: a code for the browser that asked, and a link for any other. */
export function signupMail(
  { code, link }: { code: string; link: string },
  { codeAge, linkAge }: { codeAge: number; linkAge: number },
): Letter {
  const subject = `Finish your registration at ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    'Hello,',
    `somebody, most likely you, wants to register at ${new URL(link).host} with this address.`,
    `Type this code where you asked, within ${inWords(codeAge)}: ${code}`,
    { label: 'Or go on here', href: link, strong: true },
    `The link works once, and for ${inWords(linkAge)} at most. You choose name and password there.`,
    'If it was not you, do nothing: no account is made.',
  ]);
  return { subject, ...letter };
}

/** The answer to whoever wants to register with an address that has an account. */
export function knownAccountMail(origin: string, mayReset: boolean): Letter {
  const subject = `You have an account at ${settings.SITE_NAME}`;
  const help = mayReset
    ? [{ label: 'Choose a new password', href: `${origin}/accounts/password_reset/` }]
    : ['If you cannot sign in, ask the people who run the site.'];
  const letter = writeLetter(subject, [
    'Hello,',
    `somebody, most likely you, wanted to register at ${new URL(origin).host} with this address. It has an account already.`,
    { label: 'Sign in', href: `${origin}/accounts/login/`, strong: true },
    ...help,
    'If it was not you, do nothing: whoever asked learns nothing.',
  ]);
  return { subject, ...letter };
}
