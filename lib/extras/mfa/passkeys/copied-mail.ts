import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import type { User } from '@/lib/contrib/auth/models';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { findUser, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { originOf } from '@/lib/core/hosts';
import { writeLetter } from '@/lib/core/mail/letter';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

/** The notice that a passkey was refused because somebody else may have it as well. */
function mayBeCopiedMail(
  user: Pick<User, 'username'>,
  { when, origin }: { when: Date; origin: string },
) {
  const subject = `A passkey of your ${settings.SITE_NAME} account may be copied`;
  const letter = writeLetter(subject, [
    `Hello ${user.username},`,
    `a passkey of your account at ${new URL(origin).host} was refused on ${clockOf(when)}: it had been used more often than the device said that used it. Somebody may have a copy of it.`,
    'Nobody was signed in by it. It is not removed: on the page below you see which it is, and can remove it and make another.',
    { label: 'Your passkeys', href: `${origin}/accounts/2fa/webauthn/` },
    'If you do not know how that came about, tell the people who run the site.',
  ]);
  return { subject, ...letter };
}

/** Tell the owner once the request is answered. */
export function tellMayBeCopied(
  { headers }: { headers: Pick<Headers, 'get'> },
  userId: number,
): void {
  const when = new Date();
  const origin = siteOrigin({ origin: originOf(headers) });
  after(async () => {
    const user = await findUser(getUserModel(), 'id', userId);
    if (user) await sendMailQuietly(user, mayBeCopiedMail(user, { when, origin }));
  });
}
