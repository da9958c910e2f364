import { describe, expect, it } from 'vitest';
import { wholeNumber } from '@/lib/forms/whole-number';

describe('wholeNumber', () => {
  it.each([
    ['7', 7],
    [' -3 ', -3],
    ['+32767', 32_767],
    ['0', 0],
  ])('takes "%s"', (typed, number) => expect(wholeNumber(typed, -32_768, 32_767)).toBe(number));

  it.each([
    ['', 'required'],
    ['  ', 'required'],
    ['abc', 'invalid'],
    ['1.5', 'invalid'],
    ['1e3', 'invalid'],
    ['0x10', 'invalid'],
    ['32768', 'max_value'],
    ['-32769', 'min_value'],
    ['9'.repeat(400), 'max_value'],
  ])('refuses "%s"', (typed, code) =>
    expect(() => wholeNumber(typed, -32_768, 32_767)).toThrow(expect.objectContaining({ code })),
  );
});
