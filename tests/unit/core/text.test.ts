import { describe, expect, it } from 'vitest';
import { isInvisible, visibleText } from '@/lib/core/text';

describe('visibleText', () => {
  it('is a dash where nothing could be seen, and the text where anything can', () => {
    const blank = [
      ...['', '   ', '\t\n', '\u00a0', '\u3000', '\u200b', '\u00ad', '\u3164', '\u2800', '\uffa0'],
      ...['\u034f', '\u202e \u2066', '\ufeff', '\u{e0041}', '\u0000', '\u{1d159}', '\ufe0f'],
    ];
    for (const text of blank) expect([text, visibleText(text)]).toEqual([text, '–']);
    for (const text of ['a', ' a ', '-', '.', '\u0301', '…', '👩\u200d💻', 'ㅎ', '\u2801']) {
      expect([text, isInvisible(text), visibleText(text)]).toEqual([text, false, text]);
    }
  });
});
