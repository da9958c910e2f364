import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { constantTimeCompare, getRandomString, saltedHmac } from '@/lib/core/crypto';

/** A mark in the cookie: which device, until when (seconds since 1970), and the proof of both. */
type Mark = { device: string; expires: number; proof: string };

const MAX_MARKS = 5;
const MAX_COOKIE_LENGTH = 1024;
const MARK = /^([a-zA-Z0-9]{16})-(\d{1,12})-([0-9a-f]{64})$/;

/**
 * The account that a mark is made for: this name with this very password. A new password, whoever
 * has set it, here or in a Django on the same database, makes every mark a stranger's: a device that
 * somebody else had been signed in on must not keep tries of its own.
 */
export function deviceAccount(user: Pick<User, 'getUsername' | 'encodedPassword'>): string {
  return JSON.stringify([user.getUsername(), user.encodedPassword()]);
}

/**
 * Which device of this account the cookie speaks of, or null for a stranger's. A device is known
 * once somebody has signed in on it, and gets tries of its own: whoever guesses at the account from
 * elsewhere cannot use them up. `account` is what `deviceAccount` gives. The cookie names nobody; a sign-in makes it, and a reset by mail.
 * OWASP: Slow Down Online Guessing Attacks with Device Cookies
 */
export function knownDevice(
  cookie: string | undefined,
  account: string,
  now = new Date(),
): string | null {
  return ownMark(cookie, account, now)?.device ?? null;
}

/**
 * The device that the cookie speaks of first, whoever's it is: a guess, for whoever has not read the
 * password yet that proves it.
 */
export function claimedDevice(cookie: string | undefined, now = new Date()): string | null {
  return marksIn(cookie).find((mark) => isCurrent(mark, now))?.device ?? null;
}

/**
 * The cookie after somebody has signed in to this account on this device: known for another
 * settings.DEVICE_COOKIE_AGE seconds. The marks of other people who use the device are kept, five
 * in all.
 */
export function rememberDevice(
  cookie: string | undefined,
  account: string,
  now = new Date(),
): string {
  const own = ownMark(cookie, account, now);
  const device = own?.device ?? getRandomString(16);
  const expires = Math.floor(now.getTime() / 1000) + settings.DEVICE_COOKIE_AGE;
  const mark = { device, expires, proof: proofOf(account, device, expires) };
  const others = marksIn(cookie).filter(({ proof }) => proof !== own?.proof);
  return [mark, ...others].slice(0, MAX_MARKS).map(written).join('.');
}

function ownMark(cookie: string | undefined, account: string, now: Date): Mark | undefined {
  return marksIn(cookie).find((mark) => isCurrent(mark, now) && isProven(mark, account));
}

function isCurrent({ expires }: Mark, now: Date): boolean {
  return expires * 1000 > now.getTime();
}

function isProven({ device, expires, proof }: Mark, account: string): boolean {
  const secrets = [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
  return secrets.some((secret) =>
    constantTimeCompare(proof, proofOf(account, device, expires, secret)),
  );
}

function proofOf(account: string, device: string, expires: number, secret?: string): string {
  return saltedHmac('gatehouse.auth.device', `${device}-${expires}-${account}`, secret);
}

function marksIn(cookie = ''): Mark[] {
  if (cookie.length > MAX_COOKIE_LENGTH) return [];
  return cookie.split('.').flatMap((text) => {
    const [, device, expires, proof] = MARK.exec(text) ?? [];
    if (!device || !expires || !proof) return [];
    return [{ device, expires: Number(expires), proof }];
  });
}

function written({ device, expires, proof }: Mark): string {
  return `${device}-${expires}-${proof}`;
}
