import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import { writeLetter } from '@/lib/core/mail/letter';
import type { Letter } from './send';

/** `inviter` is blank for one who is deleted. */
type Invited = { inviter: string; note: string; expires: Date };

/** The invitation, with the link that is good once. */
export function invitationMail({ inviter: name, note, expires }: Invited, link: string): Letter {
  const inviter = name === '' ? 'Somebody' : name;
  const subject = `${inviter} invites you to ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    'Hello,',
    `${inviter} invites you to ${settings.SITE_NAME} at ${new URL(link).host}.`,
    ...(note === '' ? [] : [`${inviter} writes: ${note}`]),
    { label: 'Look at the invitation', href: link, strong: true },
    `It is good once, until ${clockOf(expires)}. Nothing happens before you press its button.`,
    'If you do not know what this is about, do nothing.',
  ]);
  return { subject, ...letter };
}

/**
 * The reminder a day before it is over. It has no link: the one of the first mail is still the right
 * one, and only its hash is kept.
 * OWASP ASVS 5.0 6.4.5
 */
export function invitationReminder({ inviter, expires }: Invited): Letter {
  const subject = `Your invitation to ${settings.SITE_NAME} ends soon`;
  const letter = writeLetter(subject, [
    'Hello,',
    `the invitation${inviter === '' ? '' : ` of ${inviter}`} to ${settings.SITE_NAME} that was sent to you is good until ${clockOf(expires)}. Its link is in the mail that you have.`,
    'If you do not want to come, do nothing.',
  ]);
  return { subject, ...letter };
}
