import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { settings } from '@/lib/conf/settings';

const VERSION = 'v1.';
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a column held, and what to store in its place if a former secret had sealed it; else null. */
export type DecryptedColumn = { readonly text: string; readonly renewed: string | null };

/**
 * Encrypt a text for a column: `v1.` and base64url of nonce, ciphertext and tag; 62 characters for a
 * text of 16. AES-256-GCM under a key of its own for each `purpose`. `rowKey` names the row for good,
 * and is known before it is written (a user's id): a ciphertext that is copied into another row, or
 * into a column of another purpose, opens nowhere.
 * Django: no counterpart
 * @example
 * const stored = encryptColumn('mfa.totp', String(user.id), secret);
 * const opened = decryptColumn('mfa.totp', String(user.id), stored);
 */
export function encryptColumn(purpose: string, rowKey: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(purpose, settings.SECRET_KEY), nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(additionalData(purpose, rowKey));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return VERSION + Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/**
 * Decrypt what `encryptColumn` has made for this purpose and row, with the current secret or a
 * fallback; write `renewed`, if there is one, before the fallback is dropped. Null for anything else:
 * changed, of another row, of a secret that is gone, no ciphertext at all.
 */
export function decryptColumn(
  purpose: string,
  rowKey: string,
  stored: string,
): DecryptedColumn | null {
  const current = open(purpose, rowKey, stored, settings.SECRET_KEY);
  if (current !== null) return { text: current, renewed: null };
  for (const secret of settings.SECRET_KEY_FALLBACKS) {
    const text = open(purpose, rowKey, stored, secret);
    if (text !== null) return { text, renewed: encryptColumn(purpose, rowKey, text) };
  }
  return null;
}

function open(purpose: string, rowKey: string, stored: string, secret: string): string | null {
  if (!stored.startsWith(VERSION)) return null;
  const bytes = Buffer.from(stored.slice(VERSION.length), 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const tag = bytes.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv(
      ALGORITHM,
      keyOf(purpose, secret),
      bytes.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(additionalData(purpose, rowKey));
    decipher.setAuthTag(bytes.subarray(tag));
    const opened = decipher.update(bytes.subarray(NONCE_BYTES, tag));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function additionalData(purpose: string, rowKey: string): Buffer {
  return Buffer.from(`${purpose}:${rowKey}`, 'utf8');
}

function keyOf(purpose: string, secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
}
