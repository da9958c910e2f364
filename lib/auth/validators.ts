import { domainToASCII } from 'node:url';
import { ValidationError } from '@/lib/core/exceptions';

/** Code points that `auth_user.username` holds. */
export const USERNAME_MAX_LENGTH = 150;

const EMAIL_MAX_LENGTH = 254;

const LOCAL_PART = /^[-!#$%&'*+/=?^_`{}|~0-9A-Z]+(\.[-!#$%&'*+/=?^_`{}|~0-9A-Z]+)*$/i;
const DOMAIN = /^((?!-)[A-Z0-9-]{1,63}(?<!-)\.)+[A-Z0-9-]{2,63}(?<!-)$/i;
const ADDRESS_LITERAL = /^\[[A-F0-9:.]+\]$/i;

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
  if (!/^[\p{L}\p{N}_.@+-]+$/u.test(username)) {
    const message = 'The username may hold letters, digits and the characters @ . + - _ only.';
    throw new ValidationError(message, 'invalid');
  }
}

/**
 * Refuse what cannot be an e-mail address that Django would store: an ASCII local part without
 * quotes, and a domain with a dot (international ones too), `localhost`, or an address in brackets.
 * Throws ValidationError with code `invalid` or `max_length`.
 * Django: core/validators.py EmailValidator; models.EmailField
 */
export function validateEmail(email: string): void {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  const isDomain = (text: string) => DOMAIN.test(text) && text.length <= 255;
  const isValid =
    LOCAL_PART.test(email.slice(0, Math.max(at, 0))) &&
    (domain.toLowerCase() === 'localhost' ||
      isDomain(domain) ||
      ADDRESS_LITERAL.test(domain) ||
      isDomain(toAscii(domain)));
  if (!isValid) throw new ValidationError('This is not a valid e-mail address.', 'invalid');
  if ([...email].length > EMAIL_MAX_LENGTH) {
    const message = `The e-mail address must not be longer than ${EMAIL_MAX_LENGTH} characters.`;
    throw new ValidationError(message, 'max_length');
  }
}

// Node decodes `%` and drops line breaks on the way: only letters of other scripts may be converted.
function toAscii(domain: string): string {
  return /^[-.A-Z0-9\u{80}-\u{10ffff}]+$/iu.test(domain) ? domainToASCII(domain) : '';
}
