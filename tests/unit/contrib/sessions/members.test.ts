import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersOf, objectOf } from '@/lib/contrib/sessions/backends/members';

describe('the members of an object', () => {
  it('are written back as they were read, whatever they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (values) => {
        const members = membersOf(JSON.stringify(values));
        expect(JSON.parse(objectOf(members ?? new Map()))).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['{"a": 12345678901234567890, "b" : 1.0}', '{"a":12345678901234567890,"b":1.0}'],
    ['{"n":NaN,"l":[1,-Infinity]}', '{"n":NaN,"l":[1,-Infinity]}'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"s":"}],{\\"","t":{"u":"}"}}', '{"s":"}],{\\"","t":{"u":"}"}}'],
    ['{"é":"\\u00e9"}', '{"\\u00e9":"\\u00e9"}'],
    [`{"deep":${'['.repeat(9999)}${']'.repeat(9999)}}`, null],
    ['{}', '{}'],
  ])('are kept to the letter: %s', (text, written) => {
    expect(objectOf(membersOf(text) ?? new Map())).toBe(written ?? text);
  });

  it.each([
    '',
    '[]',
    '"a"',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1}x',
    '{"a":b}',
    '{a:1}',
    '{"a":"NaN}',
    '\u0080\u0004}q\u0000.',
  ])('are none of %j', (text) => {
    expect(membersOf(text)).toBeNull();
  });
});
