import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { settings } from '@/lib/conf/settings';

/** What was signed, when, and whether by the secret that is in force. */
export type Unsigned = { readonly text: string; readonly at: Date; readonly isCurrent: boolean };

const SEPARATOR = ':';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Sign a text of JSON as Django does with `compress=True`: its bytes in base64, deflated where that is
 * shorter, the seconds since 1970, and an HMAC-SHA256 over both. `text` must be ASCII, as Django's
 * serializer writes it.
 * Django: core/signing.py dumps, TimestampSigner
 */
export function dumps(text: string, salt: string, now = new Date()): string {
  const plain = Buffer.from(text, 'latin1');
  const deflated = deflateSync(plain);
  const isShorter = deflated.length < plain.length - 1;
  const content = isShorter ? `.${deflated.toString('base64url')}` : plain.toString('base64url');
  const value = content + SEPARATOR + base62(Math.floor(now.getTime() / 1000));
  return value + SEPARATOR + signature(value, salt, settings.SECRET_KEY).toString('base64url');
}

/**
 * What `dumps`, ours or Django's, has signed with SECRET_KEY or one of the fallbacks. Null for anything
 * else: damaged, foreign, signed for another purpose, or of more than `maxBytes` once inflated. Nothing
 * is inflated before its signature was found right, and no more of it than that.
 * Django: core/signing.py loads (which raises BadSignature)
 */
export function loads(
  signed: string,
  { salt, maxBytes }: { salt: string; maxBytes: number },
): Unsigned | null {
  const end = signed.lastIndexOf(SEPARATOR);
  const value = signed.slice(0, Math.max(0, end));
  const middle = value.lastIndexOf(SEPARATOR);
  if (middle < 0) return null;
  const given = Buffer.from(signed.slice(end + 1), 'base64url');
  const secrets = [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS];
  const signer = secrets.findIndex((secret) => isEqual(given, signature(value, salt, secret)));
  const seconds = fromBase62(value.slice(middle + 1));
  if (signer < 0 || seconds === null) return null;
  const bytes = contentOf(value.slice(0, middle), maxBytes);
  if (!bytes) return null;
  return { text: bytes.toString('latin1'), at: new Date(seconds * 1000), isCurrent: signer === 0 };
}

function contentOf(content: string, maxBytes: number): Buffer | null {
  const isDeflated = content.startsWith('.');
  const bytes = Buffer.from(isDeflated ? content.slice(1) : content, 'base64url');
  if (!isDeflated) return bytes.length <= maxBytes ? bytes : null;
  try {
    return inflateSync(bytes, { maxOutputLength: maxBytes });
  } catch {
    return null;
  }
}

function signature(value: string, salt: string, secret: string): Buffer {
  const key = createHash('sha256').update(`${salt}signer${secret}`).digest();
  return createHmac('sha256', key).update(value).digest();
}

function isEqual(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function base62(number: number): string {
  const digit = BASE62.charAt(number % 62);
  return number < 62 ? digit : base62(Math.floor(number / 62)) + digit;
}

function fromBase62(text: string): number | null {
  let number = 0;
  for (const character of text) {
    const digit = BASE62.indexOf(character);
    if (digit < 0) return null;
    number = number * 62 + digit;
  }
  // A moment that no Date can be is none.
  return text !== '' && number <= 8.64e12 ? number : null;
}
