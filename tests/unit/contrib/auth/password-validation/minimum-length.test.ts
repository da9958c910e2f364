import { describe, expect, it } from 'vitest';
import { passwordValidatorsHelpTexts } from '@/lib/contrib/auth/password-validation';
import { codesOf, withValidator } from '@/tests/support/auth/judge';

describe('MinimumLengthValidator', () => {
  const codes = (minLength: number, password: string) =>
    withValidator('MinimumLengthValidator', { minLength }, () => codesOf(password));

  it('counts code points, and refuses nothing at all even with a minimum of one', async () => {
    expect(await codes(4, '😀😀😀')).toEqual(['password_too_short']);
    expect(await codes(3, '😀😀😀')).toEqual([]);
    expect(await codes(1, '')).toEqual(['password_too_short']);
    expect(await codes(1, ' ')).toEqual([]);
  });

  it('says how many are needed', async () => {
    await withValidator('MinimumLengthValidator', { minLength: 1 }, async () => {
      expect(passwordValidatorsHelpTexts()).toEqual(['At least 1 character.']);
    });
  });
});
