import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import { constantTimeCompare, getRandomString, saltedHmac } from '@/lib/core/crypto';

/** A mark in the cookie: which device, until when (seconds since 1970), and the proof of both. */
type Mark = { device: string; expires: number; proof: string };

/** Whose mark it is: a name, with the password as it is stored. */
type DeviceAccount = { readonly name: string; readonly password: string };

const MAX_MARKS = 5;
const MAX_COOKIE_LENGTH = 1024;
const MARK = /^([a-zA-Z0-9]{16})-(\d{1,12})-([0-9a-f]{64})$/;
const RANDOM_LENGTH = 8;

/**
 * The account that a mark is made for: this name with this very password. A new password, whoever
 * has set it, here or in a Django on the same database, makes every mark a stranger's: a device that
 * somebody else had been signed in on must not keep tries of its own.
 */
export function deviceAccount(user: Pick<User, 'getUsername' | 'encodedPassword'>): DeviceAccount {
  return { name: user.getUsername(), password: user.encodedPassword() };
}

/**
 * Which device of this account the cookie speaks of, or null for a stranger's. A device is known
 * once somebody has signed in on it, and gets tries of its own: whoever guesses at the account from
 * elsewhere cannot use them up. `account` is what `deviceAccount` gives. The cookie names nobody; a sign-in makes it, and a reset by mail.
 * OWASP: Slow Down Online Guessing Attacks with Device Cookies
 */
export function knownDevice(
  cookie: string | undefined,
  account: DeviceAccount,
  now = new Date(),
): string | null {
  return ownMark(cookie, account, now)?.device ?? null;
}

/**
 * Which device of somebody of this name the cookie speaks of, whatever their password is by now: for
 * whoever has not read yet what `knownDevice` wants. Only a device that was made here is told.
 */
export function claimedDevice(
  cookie: string | undefined,
  name: string,
  now = new Date(),
): string | null {
  const claimed = marksIn(cookie).find((mark) => isCurrent(mark, now) && isOf(mark.device, name));
  return claimed?.device ?? null;
}

/**
 * The cookie after somebody has signed in to this account on this device: known for another
 * settings.DEVICE_COOKIE_AGE seconds. The marks of other people who use the device are kept, five
 * in all.
 */
export function rememberDevice(
  cookie: string | undefined,
  account: DeviceAccount,
  now = new Date(),
): string {
  const own = ownMark(cookie, account, now)?.device;
  // With a secret that is retired one day nobody would know whose it is.
  const isKept = own !== undefined && isOf(own, account.name, [settings.SECRET_KEY]);
  const device = isKept ? own : newDevice(account.name);
  const expires = Math.floor(now.getTime() / 1000) + settings.DEVICE_COOKIE_AGE;
  const mark = { device, expires, proof: proofOf(account, device, expires) };
  const others = marksIn(cookie).filter((other) => !isOf(other.device, account.name));
  return [mark, ...others].slice(0, MAX_MARKS).map(written).join('.');
}

function ownMark(cookie: string | undefined, account: DeviceAccount, now: Date): Mark | undefined {
  return marksIn(cookie).find((mark) => isCurrent(mark, now) && isProven(mark, account));
}

function isCurrent({ expires }: Mark, now: Date): boolean {
  return expires * 1000 > now.getTime();
}

function isProven({ device, expires, proof }: Mark, account: DeviceAccount): boolean {
  return allSecrets().some((secret) =>
    constantTimeCompare(proof, proofOf(account, device, expires, secret)),
  );
}

function proofOf(
  { name, password }: DeviceAccount,
  device: string,
  expires: number,
  secret?: string,
): string {
  const account = JSON.stringify([name, password]);
  return saltedHmac('gatehouse.auth.device', `${device}-${expires}-${account}`, secret);
}

// Its end says whose it is, to whoever has the secret: what somebody made up is counted nowhere.
function newDevice(name: string): string {
  const random = getRandomString(RANDOM_LENGTH);
  return random + tagOf(random, name);
}

function isOf(device: string, name: string, secrets = allSecrets()): boolean {
  const random = device.slice(0, RANDOM_LENGTH);
  return secrets.some((secret) =>
    constantTimeCompare(device.slice(RANDOM_LENGTH), tagOf(random, name, secret)),
  );
}

function tagOf(random: string, name: string, secret?: string): string {
  return saltedHmac('gatehouse.auth.device-name', `${random}-${name}`, secret).slice(0, 8);
}

function allSecrets(): readonly string[] {
  return [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
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
