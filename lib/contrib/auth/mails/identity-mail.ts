import { settings } from '@/lib/conf/settings';
import { writeLetter } from '@/lib/core/mail/letter';
import { getTextList } from '@/lib/core/text';
import { clockOf } from './password-changed-mail';

/** What was changed of an account by somebody who runs the site, or in their session. */
export type IdentityField = 'email' | 'username' | 'password set' | 'password taken';

/** When it was changed, and where the site is. */
export type IdentityChange = { when: Date; origin: string };

const WORDS: Record<IdentityField, string> = {
  email: 'the email address',
  username: 'the username',
  'password set': 'the password',
  'password taken': 'the password',
};

/** Who reads it: under the name they knew, with the new one where it is theirs to know. */
type Reader = { username: string; newUsername: string | null };

/**
 * The notice that somebody who runs the site, or whoever sits at the account, has changed how one
 * signs in. It has neither a password nor an address in it.
 */
export function identityMail(
  { username, newUsername }: Reader,
  fields: readonly IdentityField[],
  { when, origin }: IdentityChange,
) {
  const what = getTextList(fields.map((field) => WORDS[field]));
  const verb = fields.length > 1 ? 'were' : 'was';
  const subject = `${what.replace(/^the/, 'The')} of your ${settings.SITE_NAME} account ${verb} changed`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    `${what} of your account at ${new URL(origin).host} ${verb} changed in its administration on ${clockOf(when)}.`,
    ...(newUsername === null ? [] : [`You sign in as ${newUsername} from now on.`]),
    ...(fields.some((field) => field.startsWith('password')) ? ['All sessions have ended.'] : []),
    ...(fields.includes('password taken') ? ['Nobody can sign in with a password any more.'] : []),
    'If you knew of it, all is well, and this mail asks nothing of you.',
    'If you did not, tell the people who run the site at once.',
    ...(fields.includes('password set')
      ? [{ label: 'Choose a new password', href: `${origin}/accounts/password_reset/` }]
      : []),
  ]);
  return { subject, ...letter };
}
