import { createHmac, randomBytes } from 'node:crypto';
import { constantTimeCompare } from '@/lib/core/crypto';
import { base32, fromBase32 } from './base32';

/** How codes are made: a new one each `period` seconds, `digits` long. */
export type TotpPolicy = { period: number; digits: number };

/** Bytes of a new secret: as many as SHA-1 gives, which RFC 4226 recommends. */
const SECRET_LENGTH = 20;

/** A new secret, 32 characters of base32 that carry 160 bits. */
export function newTotpSecret(): string {
  return base32(randomBytes(SECRET_LENGTH));
}

/**
 * The one-time password of a counter, `digits` decimal digits. `secret` is raw.
 * RFC 4226, section 5.3
 */
export function hotp(secret: Uint8Array, counter: number, digits = 6): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha1', secret).update(message).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const truncated = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/**
 * The step that a moment falls into: whole periods since 1970.
 * RFC 6238, section 4.2
 */
export function totpStep(now: Date, period: number): number {
  return Math.floor(now.getTime() / 1000 / period);
}

/**
 * The step whose code this is, of those not further than `tolerance` steps from now; null when it is
 * none of theirs. Blanks in the code do not count. Every candidate is compared, in a time that
 * depends on none. `secret` is base32, as `newTotpSecret` gives it.
 * RFC 6238, section 5.2
 */
export function matchingStep(
  secret: string,
  code: string,
  { period, digits, tolerance }: TotpPolicy & { tolerance: number },
  now = new Date(),
): number | null {
  const key = fromBase32(secret);
  if (!key) return null;
  const typed = code.replace(/\s/g, '');
  const current = totpStep(now, period);
  const steps = Array.from({ length: 2 * tolerance + 1 }, (_, i) => current - tolerance + i);
  const matching = steps
    .filter((step) => step >= 0)
    .map((step) => ({ step, isRight: constantTimeCompare(hotp(key, step, digits), typed) }))
    .filter(({ isRight }) => isRight);
  return matching.at(-1)?.step ?? null;
}

/**
 * The address that a QR code holds for an authenticator application. What is as applications expect
 * it is left out, since they differ on how to read it.
 * Google Authenticator: Key Uri Format
 */
export function totpUri(
  secret: string,
  { issuer, account, period, digits }: TotpPolicy & { issuer: string; account: string },
): string {
  const label = [issuer, account].map(encodeURIComponent).join(':');
  const further = {
    ...(digits === 6 ? {} : { digits: String(digits) }),
    ...(period === 30 ? {} : { period: String(period) }),
  };
  const parameters = Object.entries({ secret, issuer, ...further });
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `otpauth://totp/${label}?${query.join('&')}`;
}
