import { getRandomString, sha256Hex } from '@/lib/core/crypto';

const LENGTH = 43;

/** The token of an invitation's link, of 256 bits, and what is kept of it. */
export function newInvitationToken(): { token: string; tokenHash: string } {
  const token = getRandomString(LENGTH);
  return { token, tokenHash: hashOfToken(token) };
}

/** What is kept of a token. */
export function hashOfToken(token: string): string {
  return sha256Hex(token);
}
