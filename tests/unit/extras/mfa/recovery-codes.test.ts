import { describe, expect, it } from 'vitest';
import { newRecoveryCodes, recoveryCodeHash } from '@/lib/extras/mfa/recovery-codes';

describe('newRecoveryCodes', () => {
  it('are as many as asked for, in groups that can be read aloud, each another', () => {
    const codes = newRecoveryCodes(500);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes)
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{6}-){3}[0-9A-HJKMNP-TV-Z]{6}$/);
  });
});

describe('recoveryCodeHash', () => {
  it('is the same for a code however it is typed', () => {
    const code = '01ABCD-EFGHJK-MNPQRS-TVWXYZ';
    const hash = recoveryCodeHash(code);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    for (const typed of ['oiabcdefghjkmnpqrstvwxyz', ' OLABCD EFGHJK MNPQRS TVWXYZ ']) {
      expect(recoveryCodeHash(typed)).toBe(hash);
    }
  });

  it.each(['', '123456', '01ABCD-EFGHJK-MNPQRS-TVWXY', '01ABCD-EFGHJK-MNPQRS-TVWXYU'])(
    'is none for %j',
    (typed) => {
      expect(recoveryCodeHash(typed)).toBeNull();
    },
  );
});
