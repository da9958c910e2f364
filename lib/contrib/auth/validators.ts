import { isIP } from 'node:net';
import { ValidationError } from '@/lib/core/exceptions';

/** Code points that `auth_user.username` holds. */
export const USERNAME_MAX_LENGTH = 150;

// Letters to Unicode and to Python, yet drawn as nothing: the fillers of Hangul.
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;

/** Code points that `auth_user.email` holds. */
export const EMAIL_MAX_LENGTH = 254;

// Python takes the Turkish dotless and dotted i for forms of the letter i.
const ATOM = "[-!#$%&'*+/=?^_`{}|~0-9A-Zıİ]+";
const LOCAL_PART = new RegExp(`^${ATOM}(\\.${ATOM})*$`, 'iu');
const LETTER = 'a-z\\u00a1-\\uffff';
const HOST = `[${LETTER}0-9]([${LETTER}0-9-]{0,61}[${LETTER}0-9])?`;
const SUBDOMAINS = `(\\.(?!-)[${LETTER}0-9-]{1,63}(?<!-))*`;
const TOP_LEVEL = `\\.(?!-)([${LETTER}-]{2,63}|xn--[a-z0-9]{1,59})(?<!-)`;
const DOMAIN = new RegExp(`^${HOST}${SUBDOMAINS}${TOP_LEVEL}$`, 'iu');
const ADDRESS_LITERAL = /^\[([A-F0-9:.]+)\]$/i;

/**
 * Refuse a username that is blank, too long, or holds anything but letters, digits, the underscore
 * and `@ . + -` of any script; combining marks are no letters. Expects it normalised already.
 * Throws ValidationError with code `required`, `max_length` or `invalid`.
 * Django: contrib/auth/validators.py UnicodeUsernameValidator; models.CharField
 */
export function validateUsername(username: string): void {
  if (username === '') throw new ValidationError('The username must not be blank.', 'required');
  if ([...username].length > USERNAME_MAX_LENGTH) {
    const message = `The username must not be longer than ${USERNAME_MAX_LENGTH} characters.`;
    throw new ValidationError(message, 'max_length');
  }
  if (!/^[\p{L}\p{N}_.@+-]+$/u.test(username) || UNSEEN.test(username)) {
    const message = 'The username may hold letters, digits and the characters @ . + - _ only.';
    throw new ValidationError(message, 'invalid');
  }
}

/**
 * Refuse what cannot be an email address that Django would store: an ASCII local part without
 * quotes, and a domain with a dot (of any script), `localhost`, or an IP address in brackets.
 * Throws ValidationError with code `invalid` or `max_length`.
 * Django: core/validators.py EmailValidator; models.EmailField
 */
export function validateEmail(email: string): void {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const isValid =
    LOCAL_PART.test(email.slice(0, Math.max(at, 0))) &&
    (domain === 'localhost' ||
      DOMAIN.test(domain) ||
      isIP(ADDRESS_LITERAL.exec(domain)?.[1] ?? '') > 0);
  if (!isValid) throw new ValidationError('This is not a valid email address.', 'invalid');
  if ([...email].length > EMAIL_MAX_LENGTH) {
    const message = `The email address must not be longer than ${EMAIL_MAX_LENGTH} characters.`;
    throw new ValidationError(message, 'max_length');
  }
}
