import type { User } from '@/lib/contrib/auth/models';
import { saltedHmac } from '@/lib/core/crypto';

/**
 * The key with which a browser seals the text of this person's forms, should their session end while
 * they write: 64 hexadecimal digits, for AES-256. It is given to a signed-in browser only and opens
 * nothing else; it changes with SECRET_KEY.
 * Django has no counterpart: there the text is lost.
 */
export function draftKeyOf(user: Pick<User, 'id'>): string {
  return saltedHmac('gatehouse.auth.draft-key', String(user.id));
}
