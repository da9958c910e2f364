import { cookies } from 'next/headers';
import {
  type Attempt,
  forgetAttempts,
  reserveAttempt,
  withdrawAttempt,
} from '@/lib/auth/throttling';
import { knownDevice, rememberDevice } from '@/lib/auth/throttling-devices';
import { settings } from '@/lib/conf/settings';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import type { HttpRequest } from './request';

/**
 * Count a try to sign in as `username`, before its password is looked at, for the account and the
 * network, or for the device alone if it has been signed in on before. After a success call
 * `succeeded`; when the password could not be looked at, `withdraw`. For actions.
 */
export async function reserveSignIn(
  request: HttpRequest,
  username: string,
): Promise<Attempt & { succeeded(): Promise<void>; withdraw(): Promise<void> }> {
  const cookie = deviceMarks(request, username);
  const device = knownDevice(cookie, username);
  const keys = { account: username, network: request.ipAddress, device };
  const attempt = await reserveAttempt('login', keys, { request });
  return {
    ...attempt,
    async succeeded() {
      await forgetAttempts('login', keys);
      await knowDevice(request, username);
    },
    async withdraw() {
      if (attempt.allowed) await withdrawAttempt('login', keys, attempt.tries);
    },
  };
}

/**
 * From now on this browser has tries of its own at the account, whatever others do. Call it when
 * somebody has proven that the account is theirs. For actions.
 */
export async function knowDevice(request: HttpRequest, username: string): Promise<void> {
  (await cookies()).set(
    deviceCookieName(request),
    rememberDevice(deviceMarks(request, username), username),
    {
      path: devicePath(),
      httpOnly: true,
      secure: cookiesAreSecure(request.headers),
      sameSite: 'strict',
      maxAge: settings.DEVICE_COOKIE_AGE,
    },
  );
}

/** The cookie that knows this account here, else any of the name. */
function deviceMarks(request: HttpRequest, username: string): string | undefined {
  const cookies = readCookies(request.headers, deviceCookieName(request));
  return cookies.find((cookie) => knownDevice(cookie, username)) ?? cookies[0];
}

function deviceCookieName({ headers }: HttpRequest): string {
  return cookieName(settings.DEVICE_COOKIE_NAME, cookiesAreSecure(headers), devicePath());
}

function devicePath(): string {
  return settings.LOGIN_URL.split('?')[0] ?? '/';
}
