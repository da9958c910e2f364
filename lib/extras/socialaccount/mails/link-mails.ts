import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import { writeLetter } from '@/lib/core/mail/letter';
import type { Letter } from '@/lib/extras/account/mails/send';
import { LINKS_PATH } from '@/lib/extras/socialaccount/addresses';

type Happened = { username: string; provider: string; when: Date; origin: string };

/** The notice that an account can be signed in to by a provider, or can no more. OWASP ASVS 5.0 6.3.7 */
export function linkMail(
  { username, provider, when, origin, byOthers }: Happened & { byOthers: boolean },
  news: 'linked' | 'unlinked',
): Letter {
  const subject =
    news === 'linked'
      ? `${provider} signs in to your ${settings.SITE_NAME} account`
      : `${provider} does not sign in to your ${settings.SITE_NAME} account any more`;
  const what = news === 'linked' ? 'was linked to' : 'was unlinked from';
  const who = byOthers ? ', by the people who run the site' : '';
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `on ${clockOf(when)} an account at ${provider} ${what} yours at ${new URL(origin).host}${who}.`,
    'If you knew of it, all is well, and this mail asks nothing of you.',
    'If you did not, choose a new password at once, and look at what is linked.',
    { label: 'What is linked', href: `${origin}${LINKS_PATH}` },
  ]);
  return { subject, ...letter };
}

/** The notice that an address, which an account had not verified, is another's now. */
export function addressTakenMail({ username, provider, when, origin }: Happened): Letter {
  const subject = `Your address at ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    'Hello,',
    `on ${clockOf(when)} somebody who signed in at ${new URL(origin).host} with ${provider} has shown that this address is theirs, and has a new account with it. Until then it stood at the account ${username}, which had never confirmed it and has no address now.`,
    `If ${username} is yours too, sign in to it as before, and tell the people who run the site: the two can be made one.`,
    'If you know of neither, tell them at once.',
  ]);
  return { subject, ...letter };
}
