import { settings } from '@/lib/conf/settings';
import { writeLetter } from '@/lib/core/mail/letter';

/** The notice that somebody who runs the site has acted as the person who reads it, and why. */
export function impersonationMail(
  user: { username: string },
  { impersonatorUsername, reason }: { impersonatorUsername: string; reason: string },
) {
  const subject = `Somebody looked at ${settings.SITE_NAME} as you`;
  const letter = writeLetter(subject, [
    `Hello ${user.username},`,
    `${impersonatorUsername}, who helps to run ${settings.SITE_NAME}, has used it as you for a while. They could see what you see, and could not change how you sign in.`,
    `The reason that they gave: ${reason}`,
    'If that surprises you, tell the people who run the site.',
  ]);
  return { subject, ...letter };
}
