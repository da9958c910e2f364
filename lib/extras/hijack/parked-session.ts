import { settings } from '@/lib/conf/settings';
import {
  openSessions,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from '@/lib/contrib/sessions/cookie';
import { endSessions } from '@/lib/contrib/sessions/store';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { sha256Hex } from '@/lib/core/crypto';
import { transaction } from '@/lib/db/client';
import { clientOf, type HttpRequest } from '@/lib/http/request';
import { currentSource } from '@/lib/http/source/current-source';

const NAME = 'gatehouse_impersonator';

/**
 * Put the cookie of one's own session aside, in the browser: the table has only its hash. What was
 * changed of the session is written first. Returns the hash of its key. Throws TypeError for a request
 * without one.
 */
export async function parkSession(request: HttpRequest): Promise<string> {
  const { session, headers, isSecure } = request;
  await session.write(clientOf(request));
  const news = session.news();
  const { keyHash } = session;
  const own = await ownCookie(headers, keyHash);
  const value = news !== null && news !== 'delete' ? await sealSession(news) : own;
  if (value === null || keyHash === null) {
    throw new TypeError('There is no session to come back to.');
  }
  await setParked(headers, value, isSecure, settings.HIJACK_AGE);
  return keyHash;
}

/** What was put aside, opened, and gone from the browser; null where there is none that counts. */
export async function takeParked(request: HttpRequest) {
  const { headers, isSecure } = request;
  const values = readCookies(headers, nameOf(headers));
  const [opened] = await openSessions(values);
  await setParked(headers, '', isSecure, 0);
  return opened?.seal ?? null;
}

/** End what was put aside, its row and its cookie: whoever signs out leaves nothing to come back to. */
export async function endParked(headers: HttpRequest['headers']): Promise<void> {
  for (const { seal } of await openSessions(readCookies(headers, nameOf(headers)))) {
    await transaction((tx) => endSessions(tx, { sessionKey: sha256Hex(seal.key) }));
  }
  await setParked(headers, '', cookiesAreSecure(headers), 0);
}

/** Give the browser the cookie of the session that was put aside, as it was. */
export async function restoreCookie(
  request: HttpRequest,
  seal: NonNullable<Awaited<ReturnType<typeof takeParked>>>,
): Promise<void> {
  const secure = cookiesAreSecure(request.headers);
  const jar = await currentSource().cookies();
  jar.set(sessionCookieName(secure), await sealSession(seal), sessionCookieOptions(seal, secure));
}

async function ownCookie(headers: HttpRequest['headers'], keyHash: string | null) {
  const values = readCookies(headers, sessionCookieName(cookiesAreSecure(headers)));
  for (const value of values) {
    const [opened] = await openSessions([value]);
    if (opened && sha256Hex(opened.seal.key) === keyHash) return value;
  }
  return null;
}

function nameOf(headers: HttpRequest['headers']): string {
  return cookieName(NAME, cookiesAreSecure(headers));
}

async function setParked(
  headers: HttpRequest['headers'],
  value: string,
  secure: boolean,
  maxAge: number,
): Promise<void> {
  const jar = await currentSource().cookies();
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge } as const;
  jar.set(nameOf(headers), value, options);
}
