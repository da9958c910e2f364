import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { AuthRequest } from '@/lib/contrib/auth';
import { throttleKeyOf } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import type { RevocableAttempt, Visit } from '@/lib/contrib/auth/sign-in/attempts';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { reserveAttempt, withdrawAttempt } from '@/lib/extras/throttling/attempts';
import { deviceAccount, knownDevice, rememberDevice } from '@/lib/extras/throttling/known-devices';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * Count a try to sign in with a username, before its password is looked at, for the account and the
 * network, or for the device alone if it has been signed in on before. The request carries the try
 * on: `login` forgets it with those before it. When the password could not be looked at, `withdraw`.
 * For actions.
 */
export async function reserveSignIn(
  request: Visit,
  { username }: { username: string },
): Promise<RevocableAttempt> {
  const account = await throttleKeyOf({ username, password: '' });
  const device = await deviceOf(request, [account, username]);
  const keys = { account, network: request.ipAddress, device };
  const attempt = await reserveAttempt('login', keys, { request });
  request.attempt = attempt.allowed ? attempt : null;
  return {
    ...attempt,
    async withdraw() {
      if (attempt.allowed) await withdrawAttempt('login', keys, attempt.tries);
    },
  };
}

/**
 * From now on this browser has tries of its own at the account, whatever others do, until the
 * password is another. Receivers call it when somebody has proven that the account is theirs, by
 * signing in or by a mailed link, and when the account has another name. For actions.
 */
export async function knowDevice({
  request: { headers },
  user,
}: {
  request: AuthRequest;
  user: User;
}): Promise<void> {
  if (!headers || !isInstalled('throttling')) return;
  const account = deviceAccount(user);
  const marks = deviceCookies(headers);
  const own = marks.find((cookie) => knownDevice(cookie, account)) ?? marks[0];
  const jar = await currentSource().cookies();
  jar.set(deviceCookieName(headers), rememberDevice(own, account), {
    path: devicePath(),
    httpOnly: true,
    secure: cookiesAreSecure(headers),
    sameSite: 'strict',
    maxAge: settings.DEVICE_COOKIE_AGE,
  });
}

// Only a browser that brings marks costs the look at the password that they are bound to.
async function deviceOf(request: Visit, names: readonly string[]): Promise<string | null> {
  const marks = isInstalled('throttling') ? deviceCookies(request.headers) : [];
  if (marks.length === 0) return null;
  for (const name of new Set(names)) {
    const user = await findUserByName(name);
    request.candidate = user && { name, user };
    const account = user && deviceAccount(user);
    const device = account && marks.map((cookie) => knownDevice(cookie, account)).find(Boolean);
    if (device) return device;
  }
  return null;
}

function deviceCookies(headers: Visit['headers']): string[] {
  return readCookies(headers, deviceCookieName(headers));
}

function deviceCookieName(headers: Visit['headers']): string {
  return cookieName(settings.DEVICE_COOKIE_NAME, cookiesAreSecure(headers), devicePath());
}

function devicePath(): string {
  return settings.LOGIN_URL.split('?')[0] ?? '/';
}
