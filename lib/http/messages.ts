import { settings } from '@/lib/conf/settings';
import type { Message } from '@/lib/contrib/messages/constants';
import { signMessages, verifyMessages } from '@/lib/contrib/messages/signing';
import { decodeMessages, encodeMessages, MESSAGES_HEADER } from '@/lib/contrib/messages/storage';
import { cookieName, cookiesAreSecure, readCookies } from '@/lib/core/cookies';
import { currentSource } from './source/current-source';

/**
 * The messages that MessageMiddleware hands to this page load; none on a soft navigation, where
 * the island takes them from the cookie.
 */
export async function readMessages(): Promise<Message[]> {
  return decodeMessages((await currentSource().headers()).get(MESSAGES_HEADER));
}

/** Put messages behind those that still wait in the cookie. Only in an action or route handler. */
export async function keepMessages(added: readonly Message[]): Promise<void> {
  if (added.length === 0) return;
  const source = currentSource();
  const [head, jar] = await Promise.all([source.headers(), source.cookies()]);
  const name = messageCookieName(head);
  const sent = [jar.get(name)?.value ?? '', ...readCookies(head, name)];
  const waiting = decodeMessages(await verifyMessages(sent));
  const value = await signMessages(encodeMessages([...waiting, ...added]));
  jar.set(name, value, { path: '/', sameSite: 'lax', secure: cookiesAreSecure(head) });
}

/** The name under which messages wait for this browser. */
export function messageCookieName(head: Pick<Headers, 'get'>): string {
  return cookieName(settings.MESSAGE_COOKIE_NAME, cookiesAreSecure(head));
}
