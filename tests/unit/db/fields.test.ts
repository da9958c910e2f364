import { describe, expect, it } from 'vitest';
import { codePointLength, hasNul, parseId, textField } from '@/lib/db/fields';

describe('parseId', () => {
  it.each([
    ['1', 1],
    ['42', 42],
    ['2147483647', 2_147_483_647],
  ])('reads %s', (text, id) => {
    expect(parseId(text)).toBe(id);
  });

  it.each([
    '',
    '0',
    '-1',
    '+1',
    '01',
    '1.0',
    '1e3',
    ' 1',
    '1 ',
    '1\n',
    '0x10',
    '１',
    '٣',
    'abc',
    '1\0',
    '2147483648',
    '4294967297',
    '9999999999',
    '99999999999999999999',
    'NaN',
    'null',
  ])('refuses %j', (text) => {
    expect(parseId(text)).toBeNull();
  });
});

describe('textField', () => {
  const field = textField({ max: 5, required: 'Say something.' });
  const messageOf = (value: unknown) => field.safeParse(value).error?.issues[0]?.message;

  it('strips the ends', () => {
    expect(field.parse('  ab ')).toBe('ab');
  });

  it('asks for a text that is missing, empty or blank', () => {
    expect([undefined, '', '  '].map(messageOf)).toEqual(Array(3).fill('Say something.'));
  });

  it('takes a blank text where none is required', () => {
    expect(textField({ max: 5 }).parse('')).toBe('');
  });

  it('counts code points, as Django does', () => {
    expect(field.parse('🦀🦀🦀🦀🦀')).toBe('🦀🦀🦀🦀🦀');
    expect(messageOf('abcdef')).toBe('Ensure this value has at most 5 characters (it has 6).');
    expect(codePointLength('a🦀é')).toBe(3);
  });

  it('refuses NUL and what is no text', () => {
    expect(messageOf('a\0b')).toBe('Null characters are not allowed.');
    expect(field.safeParse(new File([], 'x')).success).toBe(false);
    expect([hasNul('a\0'), hasNul('a')]).toEqual([true, false]);
  });
});
