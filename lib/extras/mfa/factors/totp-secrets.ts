import { decryptColumn, encryptColumn } from '@/lib/core/encryption/encrypt-column';

/** What the secrets of authenticator apps are encrypted for. */
export const TOTP_PURPOSE = 'mfa.totp';

/** A secret as the row of this user keeps it. */
export function sealSecret(userId: number, secret: string): string {
  return encryptColumn(TOTP_PURPOSE, String(userId), secret);
}

/** The secret in the row of this user, or null when no secret of the site opens it. */
export function openSecret(userId: number, stored: string): string | null {
  return decryptColumn(TOTP_PURPOSE, String(userId), stored)?.text ?? null;
}
