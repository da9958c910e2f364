import { settings } from '@/lib/conf/settings';
import { splitSigned } from './storage';

const keys = new Map<string, Promise<CryptoKey>>();

/**
 * The cookie of encoded messages: they, a dot, and an HMAC-SHA256 of them in base64url under a key
 * made from SECRET_KEY. Runs at the Edge.
 * Django: contrib/messages/storage/cookie.py CookieStorage._encode (a signature there too)
 */
export async function signMessages(encoded: string): Promise<string> {
  const key = await keyOf(settings.SECRET_KEY);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(encoded)));
  return `${encoded}.${toBase64Url(signature)}`;
}

/**
 * The encoded messages of the first of these cookies that SECRET_KEY or a fallback signed, or null:
 * a cookie of another application, or of whoever set one for the whole domain, is none of ours.
 */
export async function verifyMessages(cookies: readonly string[]): Promise<string | null> {
  for (const cookie of cookies) {
    const signed = splitSigned(cookie);
    if (signed && (await isSigned(signed))) return signed.encoded;
  }
  return null;
}

async function isSigned({ encoded, signature }: { encoded: string; signature: string }) {
  for (const secret of [settings.SECRET_KEY, ...settings.SECRET_KEY_FALLBACKS]) {
    const key = await keyOf(secret);
    const given = fromBase64Url(signature);
    if (await crypto.subtle.verify('HMAC', key, given, bytesOf(encoded))) return true;
  }
  return false;
}

function keyOf(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const made = makeKey(secret);
  keys.set(secret, made);
  return made;
}

async function makeKey(secret: string): Promise<CryptoKey> {
  const key = await crypto.subtle.digest('SHA-256', bytesOf(`gatehouse.messages${secret}`));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', key, algorithm, false, ['sign', 'verify']);
}

function bytesOf(text: string) {
  return new TextEncoder().encode(text);
}

function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string) {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bytes, (char) => char.charCodeAt(0));
}
