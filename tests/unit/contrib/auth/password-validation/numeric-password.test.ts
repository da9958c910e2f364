import { describe, expect, it } from 'vitest';
import { codesOf, withValidator } from '@/tests/support/auth/judge';

describe('NumericPasswordValidator', () => {
  it.each([
    ['٠١٢٣٤٥٦٧٨٩', true],
    ['²³¹⁴₅①⑴⒈⓪', true],
    ['१२३४५६७८', true],
    ['½⅓', false],
    ['Ⅷ', false],
    ['一二三', false],
    ['12345678 ', false],
    ['-12345678', false],
    ['', false],
  ])('%j is digits only: %s', async (password, isRefused) => {
    const codes = await withValidator('NumericPasswordValidator', {}, () => codesOf(password));
    expect(codes).toEqual(isRefused ? ['password_entirely_numeric'] : []);
  });
});
