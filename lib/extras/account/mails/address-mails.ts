import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import { inWords } from '@/lib/contrib/auth/mails/password-reset-mail';
import { writeLetter } from '@/lib/core/mail/letter';
import type { Letter } from './send';

/** The link with which the owner of an address confirms it for an account. */
export function confirmEmailMail(username: string, link: string, age: number): Letter {
  const subject = `Confirm your address at ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    'Hello,',
    `${username} wants to use this address for their account at ${new URL(link).host}.`,
    { label: 'Confirm the address', href: link, strong: true },
    `The link is good for ${inWords(age)}. It asks you to be signed in as ${username}, and nothing happens before you press its button.`,
    'If you do not know of it, do nothing.',
  ]);
  return { subject, ...letter };
}

/** What the owner of an address is told that somebody else wants for their account. */
export function addressTakenMail(origin: string): Letter {
  const subject = `Your address at ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    'Hello,',
    `somebody wants to use this address for an account at ${new URL(origin).host}. It belongs to yours, so nothing was done, and whoever asked learns nothing.`,
    'If it was you: remove the address from the one account before you add it to the other.',
  ]);
  return { subject, ...letter };
}

/** What was done about the address of an account. */
export type AddressNews = 'asked' | 'changed' | 'removed' | 'restored';

type Notice = { username: string; news: AddressNews; when: Date; origin: string };

const WORDS: Record<AddressNews, string> = {
  asked:
    'another email address was named for your account. This one stays until that is confirmed.',
  changed: 'the email address of your account was changed. Mail goes to another one from now on.',
  removed: 'an email address was removed from your account. This one stays.',
  restored: 'the email address of your account was put back. All sessions have ended.',
};

/**
 * The notice at the address that was the account's, with the way back where there is one: `undo`, a
 * link. It does not name the other address.
 * OWASP ASVS 5.0 6.3.7
 */
export function addressNotice(
  { username, news, when, origin }: Notice,
  undo: { link: string; age: number } | null,
): Letter {
  const subject = `The email address of your ${settings.SITE_NAME} account`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `on ${clockOf(when)}, at ${new URL(origin).host}, ${WORDS[news]}`,
    ...(undo
      ? [
          'If it was you, all is well, and this mail asks nothing of you.',
          {
            label: 'It was not me: undo it, and sign everybody out',
            href: undo.link,
            strong: true,
          },
          `The link is good for ${inWords(undo.age)}.`,
        ]
      : ['If you do not know of it, tell the people who run the site at once.']),
  ]);
  return { subject, ...letter };
}
