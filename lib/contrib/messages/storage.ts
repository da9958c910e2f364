import { isOwnAddress } from '@/lib/core/own-address';
import { MESSAGE_LEVELS, type Message, type MessageLevel, type MessageLink } from './constants';

/** The request header in which MessageMiddleware hands the messages to the page. */
export const MESSAGES_HEADER = 'x-gatehouse-messages';

const MAX_BYTES = 2048;

/**
 * Encode messages for the cookie: base64url of their JSON, at most 2048 characters. When they do
 * not fit, the oldest go; a single one that is too long is cut.
 * Django: contrib/messages/storage/cookie.py CookieStorage
 */
export function encodeMessages(messages: readonly Message[]): string {
  const encoded = toBase64Url(JSON.stringify(messages.map(fieldsOf)));
  if (encoded.length <= MAX_BYTES) return encoded;
  const [only, ...others] = messages;
  if (others.length > 0) return encodeMessages(others);
  if (!only) return '';
  return encodeMessages([{ ...only, text: `${only.text.slice(0, only.text.length / 2)}…` }]);
}

/**
 * A cookie of `lib/contrib/messages/signing.ts` in its two parts, or null for another application's of the
 * same name. Says nothing about whether the signature is right: in a browser nobody can.
 */
export function splitSigned(cookie: string): { encoded: string; signature: string } | null {
  const [, encoded, signature] = /^([\w-]{1,2048})\.([\w-]{43})$/.exec(cookie) ?? [];
  return encoded && signature ? { encoded, signature } : null;
}

/**
 * Decode what `encodeMessages` made. Whatever is damaged or foreign is dropped: the
 * cookie is the browser's to change, so its content is a claim, shown only as text.
 */
export function decodeMessages(encoded: string | null | undefined): Message[] {
  if (!encoded || encoded.length > MAX_BYTES) return [];
  try {
    const parsed: unknown = JSON.parse(fromBase64Url(encoded));
    return Array.isArray(parsed) ? parsed.flatMap(parseMessage) : [];
  } catch {
    return [];
  }
}

function fieldsOf({ id, level, text, link }: Message): string[] {
  return link ? [id, level, text, link.text, link.href] : [id, level, text];
}

function parseMessage(entry: unknown): Message[] {
  if (!Array.isArray(entry)) return [];
  const [id, level, text, linkText, href]: unknown[] = entry;
  if (typeof id !== 'string' || typeof text !== 'string' || !isLevel(level)) return [];
  const link = parseLink(linkText, href);
  return [{ id, level, text, ...(link && { link }) }];
}

// A cookie may claim anything, but leads nowhere else than to a path of this site.
function parseLink(text: unknown, href: unknown): MessageLink | null {
  if (typeof text !== 'string' || typeof href !== 'string') return null;
  const isPath = /^\/[\w/.-]*$/.test(href) && isOwnAddress(href, 'http://localhost');
  return text !== '' && isPath ? { text, href } : null;
}

function isLevel(level: unknown): level is MessageLevel {
  return typeof level === 'string' && Object.hasOwn(MESSAGE_LEVELS, level);
}

function toBase64Url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(encoded: string): string {
  const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
  );
}
