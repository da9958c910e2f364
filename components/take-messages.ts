import type { Message } from '@/lib/contrib/messages/constants';
import { decodeMessages, splitSigned } from '@/lib/contrib/messages/storage';

/** What a page's `document` is, as far as cookies go. */
type Jar = { cookie: string };

/**
 * Take the messages that wait in a cookie of this name. Nobody can check their signature here, so
 * only what can be deleted is believed: that is a cookie of this very host and of the whole site, as
 * only our own server sets it. One of a sibling domain stays, and what it says is not shown. Another
 * application's of the same name is left alone.
 */
export function takeMessages(name: string, jar: Jar = document): Message[] {
  const before = valuesOf(name, jar).filter((value) => splitSigned(value));
  if (before.length === 0) return [];
  const secure = name.startsWith('__Host-') ? '; Secure' : '';
  jar.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${secure}`;
  const left = valuesOf(name, jar);
  const taken = before.find((value) => countOf(before, value) > countOf(left, value));
  return decodeMessages(taken && splitSigned(taken)?.encoded);
}

function valuesOf(name: string, { cookie }: Jar): string[] {
  return cookie
    .split('; ')
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

function countOf(values: readonly string[], wanted: string): number {
  return values.filter((value) => value === wanted).length;
}
