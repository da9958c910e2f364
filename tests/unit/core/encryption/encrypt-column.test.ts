import { createDecipheriv, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { overrideSettings, settings } from '@/lib/conf/settings';
import { decryptColumn, encryptColumn } from '@/lib/core/encryption/encrypt-column';

const text = 'JBSWY3DPEHPK3PXP';

describe('an encrypted column', () => {
  it('gives back what it was given, of any length and letters', () => {
    for (const each of [text, '', 'ä€𐍈\0', 'x'.repeat(10_000)]) {
      const stored = encryptColumn('mfa.secret', '7', each);
      expect(decryptColumn('mfa.secret', '7', stored)).toEqual({ text: each, renewed: null });
    }
  });

  it('is what the format says, to be opened by any AES-GCM', () => {
    const stored = encryptColumn('mfa.secret', '7', text);
    expect(stored).toMatch(/^v1\.[\w-]{59}$/);
    const bytes = Buffer.from(stored.slice(3), 'base64url');
    const key = new Uint8Array(hkdfSync('sha256', settings.SECRET_KEY, '', 'mfa.secret', 32));
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from('mfa.secret:7'));
    decipher.setAuthTag(bytes.subarray(-16));
    const opened = decipher.update(bytes.subarray(12, -16));
    expect(Buffer.concat([opened, decipher.final()]).toString()).toBe(text);
  });

  it('opens what was written before, so that the format cannot change unnoticed', async () => {
    const SECRET_KEY = 'vector-vector-vector-vector-vector-vector';
    const stored = 'v1.j-KrOymxm6LAXhUH6QOta5qY4sYFlgvYPu3QK1cGYR9OU-QTcs4kenWLY3o';
    await overrideSettings({ SECRET_KEY }, () => {
      expect(decryptColumn('mfa.secret', '7', stored)?.text).toBe(text);
    });
  });

  it('looks different each time', () => {
    const made = Array.from({ length: 50 }, () => encryptColumn('mfa.secret', '7', text));
    expect(new Set(made.map((each) => each.slice(0, 19))).size).toBe(50);
  });

  it('opens in no other row and for no other purpose', () => {
    const stored = encryptColumn('mfa.secret', '7', text);
    expect(decryptColumn('mfa.secret', '8', stored)).toBeNull();
    expect(decryptColumn('mfa.secret', '', stored)).toBeNull();
    expect(decryptColumn('mfa.codes', '7', stored)).toBeNull();
    expect(decryptColumn('mfa.secret:7', '', encryptColumn('mfa.secret', '7:', text))).toBeNull();
  });

  it('opens no more once a single bit is changed, or the end is cut off', () => {
    const stored = encryptColumn('mfa.secret', '7', text);
    const bytes = Buffer.from(stored.slice(3), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(decryptColumn('mfa.secret', '7', `v1.${changed.toString('base64url')}`)).toBeNull();
    }
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length).toString('base64url');
      expect(decryptColumn('mfa.secret', '7', `v1.${cut}`)).toBeNull();
    }
    for (const none of ['', text, stored.slice(3), stored.replace('v1', 'v2')]) {
      expect(decryptColumn('mfa.secret', '7', none)).toBeNull();
    }
  });

  it('opens by a fallback, and says what to write in its place', async () => {
    const stored = encryptColumn('mfa.secret', '7', text);
    const former = settings.SECRET_KEY;
    const SECRET_KEY = 'the next secret, longer than thirty-two';
    const renewed = await overrideSettings(
      { SECRET_KEY, SECRET_KEY_FALLBACKS: ['one more, of thirty-two characters', former] },
      () => decryptColumn('mfa.secret', '7', stored),
    );
    expect(renewed?.text).toBe(text);
    await overrideSettings({ SECRET_KEY, SECRET_KEY_FALLBACKS: [] }, () => {
      expect(decryptColumn('mfa.secret', '7', stored)).toBeNull();
      const again = decryptColumn('mfa.secret', '7', renewed?.renewed ?? '');
      expect(again).toEqual({ text, renewed: null });
    });
  });
});
