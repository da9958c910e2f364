import { cookies, headers } from 'next/headers';
import { settings } from '@/lib/conf/settings';
import type { Message } from '@/lib/messages/constants';
import { decodeMessages, encodeMessages, MESSAGES_HEADER } from '@/lib/messages/storage';

/**
 * The messages that MessageMiddleware hands to this page load; none on a soft navigation, where
 * the island takes them from the cookie.
 */
export async function readMessages(): Promise<Message[]> {
  return decodeMessages((await headers()).get(MESSAGES_HEADER));
}

/** Put messages behind those that still wait in the cookie. Only in an action or route handler. */
export async function keepMessages(added: readonly Message[]): Promise<void> {
  if (added.length === 0) return;
  const jar = await cookies();
  const name = settings.MESSAGE_COOKIE_NAME;
  const waiting = decodeMessages(jar.get(name)?.value);
  jar.set(name, encodeMessages([...waiting, ...added]), { path: '/', sameSite: 'lax' });
}
