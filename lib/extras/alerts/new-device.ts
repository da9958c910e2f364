import type { AuthRequest } from '@/lib/contrib/auth';
import type { User } from '@/lib/contrib/auth/models';
import { sendMailQuietly } from '@/lib/contrib/auth/passwords/password-reset';
import { describeUserAgent } from '@/lib/contrib/sessions/user-agent';
import { lastSignIns } from '@/lib/extras/security-log/own-sign-ins';
import { onceAnswered } from './alerting';
import { newDeviceMail } from './mails';

/** From what somebody signed in. */
type Place = { ipAddress: string; userAgent: string };

// Sign-ins that are looked back at.
const MOST_KNOWN = 100;

/**
 * Tell a person that they signed in with a kind of browser, in a part of the network, in which none of
 * their last hundred sign-ins was. Nothing of a first sign-in, and nothing of whoever has no address.
 * OWASP ASVS 5.0 6.3.5
 */
export function alertOfSignIn(
  { ipAddress = '', userAgent = '' }: Partial<Place> & AuthRequest,
  user: User,
): void {
  const when = new Date();
  const place = { ipAddress, userAgent };
  onceAnswered('new_device', undefined, async () => {
    if (user.email === '' || !(await isNewPlace(user.id, place))) return;
    const browser = describeUserAgent(userAgent);
    await sendMailQuietly(user, newDeviceMail(user, { when, ipAddress, browser }));
  });
}

/** Whether this was the first of somebody's sign-ins from such a place, and not the first of all. */
async function isNewPlace(userId: number, place: Place): Promise<boolean> {
  // The newest is this one.
  const [, ...before] = await lastSignIns(userId, MOST_KNOWN + 1);
  return before.length > 0 && before.every((each) => placeKey(each) !== placeKey(place));
}

// Browsers change their number every month, and people their address within a provider's network.
function placeKey({ ipAddress, userAgent }: Place): string {
  const parts = ipAddress.includes(':') ? ipAddress.split(':') : ipAddress.split('.');
  return `${describeUserAgent(userAgent)} ${parts.slice(0, 2).join('.')}`;
}
