import { describe, expect, it } from 'vitest';
import { codePointLength, hasNul, nameField, parseId, textField } from '@/lib/forms/fields';

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

describe('nameField', () => {
  const field = nameField({ max: 20, required: 'Needed.' });
  const read = (text: string) => {
    const parsed = field.safeParse(text);
    return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message).join();
  };

  it('keeps one spelling of what looks the same', () => {
    for (const text of ['Éd a', 'E\u0301d a', 'Ｅ\u0301ｄ\u00a0a', '  Éd \t a ', 'Éd\u3000a']) {
      expect(read(text)).toBe('Éd a');
    }
    expect(read('\ufb01ne')).toBe('fine');
  });

  it('refuses what cannot be seen, at its ends and within', () => {
    const unseen = [
      ...['\u200b', '\u00ad', '\u202e', '\u2060', '\ufeff', '\u200c', '\u200d', '\u034f'],
      ...['\u061c', '\u180e', '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\ufe0f'],
      ...['\u{e0041}', '\u{e0100}', '\u{1d173}', '\u0007', '\u0085x', '\u2066', '\ufff9'],
    ];
    for (const each of unseen) {
      for (const text of [`Editors${each}`, `${each}Editors`, `Ed${each}itors`]) {
        const said = read(text);
        const isAsTyped = said === 'Editors' || said === 'Ed itors' || said === 'x Editors';
        expect([text, isAsTyped || /cannot be seen/.test(said)]).toEqual([text, true]);
        if (!/^[\u0085\ufeff]/.test(each))
          expect([text, said]).toEqual([text, expect.stringMatching(/cannot be seen/)]);
      }
    }
    expect(read(' \t ')).toBe('Needed.');
    expect(read('x'.repeat(21))).toMatch(/at most 20/);
    expect(read('a\0b')).toMatch(/Null characters/);
  });

  it('takes joiners where they change what is seen', () => {
    for (const text of ['👩\u200d💻', '👩🏽\u200d💻 x', '❤\ufe0f', 'می\u200cخواهم', 'क्\u200dष']) {
      expect(read(text)).toBe(text.normalize('NFKC'));
    }
    expect(read('ر\u200cا')).toMatch(/cannot be seen/);
  });
});
