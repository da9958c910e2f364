import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { settings } from '@/lib/conf/settings';

const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * `length` characters drawn evenly from `alphabet` by the system's secure random source.
 * 22 alphanumerics carry 131 bits, 32 lower-case ones 165.
 * Django: django/utils/crypto.py get_random_string
 */
export function getRandomString(length: number, alphabet: string = ALPHANUMERIC): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/**
 * Hex HMAC-SHA256 of `value` under the key SHA256(salt + secret), 64 characters.
 * The salt separates purposes; the secret defaults to settings.SECRET_KEY.
 * Django: django/utils/crypto.py salted_hmac (algorithm="sha256")
 */
export function saltedHmac(
  salt: string,
  value: string,
  secret: string = settings.SECRET_KEY,
): string {
  const key = createHash('sha256')
    .update(salt + secret)
    .digest();
  return createHmac('sha256', key).update(value).digest('hex');
}

/**
 * Whether two secrets are equal, in a time that depends on neither.
 * Django: django/utils/crypto.py constant_time_compare
 */
export function constantTimeCompare(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Lower-case hex SHA-256 of the text's UTF-8 bytes, 64 characters. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
