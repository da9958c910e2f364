import { settings } from '@/lib/conf/settings';
import { clockOf } from '@/lib/contrib/auth/mails/password-changed-mail';
import { writeLetter } from '@/lib/core/mail/letter';
import type { Answered } from '@/lib/extras/access-requests/answer';
import { durationWords } from '@/lib/extras/access-requests/durations';
import type { QueuedRequest } from '@/lib/extras/access-requests/queue';

/** To whoever may answer: who asks for what, for how long and why, and where it is answered. */
export function askedMail(
  { username: name }: { username: string },
  { id, username, perm, seconds, reason }: QueuedRequest,
  origin: string,
) {
  const subject = `${username} asks for access to ${settings.SITE_NAME}`;
  const letter = writeLetter(subject, [
    `Hello ${name},`,
    `${username} asks for ${perm}. For how long: ${durationWords(seconds).toLowerCase()}.`,
    `The reason: ${reason}`,
    {
      label: 'Look at the request',
      href: `${origin}/admin/access_requests/accessrequest/${id}/change/`,
      strong: true,
    },
    'Nothing is granted before somebody who may do so has looked at it.',
  ]);
  return { subject, ...letter };
}

/** To whoever asked: what the answer is, and until when it counts. */
export function answeredMail(
  { username }: { username: string },
  { perm, until, isApproved, decider, answer }: Answered,
  origin: string,
) {
  const subject = isApproved
    ? `You have access at ${settings.SITE_NAME}`
    : `Your request for access at ${settings.SITE_NAME} was refused`;
  const end = until === null ? 'It has no end.' : `It ends by itself on ${clockOf(until)}.`;
  const letter = writeLetter(subject, [
    `Hello ${username},`,
    isApproved ? `${decider} granted you ${perm}. ${end}` : `${decider} did not grant you ${perm}.`,
    ...(answer === '' ? [] : [`${decider} writes: ${answer}`]),
    { label: 'Your requests', href: `${origin}/accounts/access-requests/` },
  ]);
  return { subject, ...letter };
}
