import { settings } from '@/lib/conf/settings';
import { throttleKeyOf } from '@/lib/contrib/auth/backends';
import type { User } from '@/lib/contrib/auth/models';
import { findUserByName } from '@/lib/contrib/auth/users/user-model';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import {
  type Attempt,
  forgetAttempts,
  reserveAttempt,
  withdrawAttempt,
} from '@/lib/extras/throttling/attempts';
import { deviceAccount, knownDevice, rememberDevice } from '@/lib/extras/throttling/known-devices';
import type { HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

/**
 * Count a try to sign in with a username, before its password is looked at, for the account and the
 * network, or for the device alone if it has been signed in on before. After a success call
 * `succeeded`; when the password could not be looked at, `withdraw`. For actions.
 */
export async function reserveSignIn(
  request: HttpRequest,
  { username }: { username: string },
): Promise<Attempt & { succeeded(user: User): Promise<void>; withdraw(): Promise<void> }> {
  const account = await throttleKeyOf({ username, password: '' });
  const device = await deviceOf(request, [account, username]);
  const keys = { account, network: request.ipAddress, device };
  const attempt = await reserveAttempt('login', keys, { request });
  return {
    ...attempt,
    async succeeded(user) {
      await forgetAttempts('login', keys);
      await knowDevice(request, user);
    },
    async withdraw() {
      if (attempt.allowed) await withdrawAttempt('login', keys, attempt.tries);
    },
  };
}

/**
 * From now on this browser has tries of its own at the account, whatever others do, until the
 * password is another. Call it when somebody has proven that the account is theirs. For actions.
 */
export async function knowDevice(request: HttpRequest, user: User): Promise<void> {
  const account = deviceAccount(user);
  const marks = deviceCookies(request);
  const own = marks.find((cookie) => knownDevice(cookie, account)) ?? marks[0];
  (await currentSource().cookies()).set(deviceCookieName(request), rememberDevice(own, account), {
    path: devicePath(),
    httpOnly: true,
    secure: cookiesAreSecure(request.headers),
    sameSite: 'strict',
    maxAge: settings.DEVICE_COOKIE_AGE,
  });
}

// Only a browser that brings marks costs the look at the password that they are bound to.
async function deviceOf(request: HttpRequest, names: readonly string[]): Promise<string | null> {
  const marks = deviceCookies(request);
  if (marks.length === 0) return null;
  for (const name of new Set(names)) {
    const user = await findUserByName(name);
    const account = user && deviceAccount(user);
    const device = account && marks.map((cookie) => knownDevice(cookie, account)).find(Boolean);
    if (device) return device;
  }
  return null;
}

function deviceCookies(request: HttpRequest): string[] {
  return readCookies(request.headers, deviceCookieName(request));
}

function deviceCookieName({ headers }: HttpRequest): string {
  return cookieName(settings.DEVICE_COOKIE_NAME, cookiesAreSecure(headers), devicePath());
}

function devicePath(): string {
  return settings.LOGIN_URL.split('?')[0] ?? '/';
}
