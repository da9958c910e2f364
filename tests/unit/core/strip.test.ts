import { describe, expect, it } from 'vitest';
import { strip } from '@/lib/core/strip';

describe('strip', () => {
  it.each([
    ['  ada  ', 'ada'],
    ['ada\n', 'ada'],
    ['\x1c\x1d\x1e\x1fada\x85', 'ada'],
    ['\u2028\u3000ada\xa0', 'ada'],
    ['\ufeffada', '\ufeffada'],
    ['a d a', 'a d a'],
    ['\0ada', '\0ada'],
    [' \t ', ''],
    ['', ''],
  ])('makes of %j %j', (text, expected) => {
    expect(strip(text)).toBe(expected);
  });
});
