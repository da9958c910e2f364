import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import { writeLetter } from '@/lib/core/mail/letter';

/** What the owner of a token is told of it. */
export type TokenNews = 'made' | 'ended' | 'ends soon';

/** As much of a token as a mail may say: by its name and start its owner knows it. */
type MailedToken = { name: string; start: string; expires?: Date | null };

/**
 * The notice that a token was made or ended, or that it ends soon. Nothing in it opens anything.
 * OWASP ASVS 5.0 6.3.7
 */
export function tokenMail(
  user: { username: string },
  { name, start, expires = null }: MailedToken,
  news: TokenNews,
  origin = settings.APP_ORIGIN ?? '',
) {
  const site = origin === '' ? settings.SITE_NAME : new URL(origin).host;
  const token = `the access token “${name}” (${start}…) of your account at ${site}`;
  const end = expires === null ? '' : ` on ${clockOf(expires)}`;
  const [subject, said] = {
    made: ['A new access token', `${token} was made. It ends${end === '' ? ' never' : end}.`],
    ended: ['An access token was ended', `${token} was ended. Programs that use it are refused.`],
    'ends soon': [
      'An access token ends soon',
      `${token} ends${end}. Make another for its programs.`,
    ],
  }[news];
  const letter = writeLetter(subject ?? '', [
    `Hello ${user.username},`,
    said ?? '',
    'If you knew of it, all is well, and this mail asks nothing of you.',
    ...(news === 'made' ? ['If it was not you, end it at once, and choose a new password.'] : []),
    ...(origin === '' ? [] : [{ label: 'Your access tokens', href: `${origin}/accounts/tokens/` }]),
  ]);
  return { subject: `${subject} (${settings.SITE_NAME})`, ...letter };
}
