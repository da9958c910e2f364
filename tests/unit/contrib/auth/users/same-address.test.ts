import { describe, expect, it } from 'vitest';
import { isSameAddress } from '@/lib/contrib/auth/users/user-rows';

describe('isSameAddress', () => {
  it.each([
    ['joe@example.com', 'JOE@Example.com', true],
    ['ｊoe@example.com', 'joe@example.com', true],
    ['a@straße.example', 'a@STRASSE.example', true],
    ['a@ΟΔΟΣ.example', 'a@οδος.example', true],
    ['mike@example.org', 'mıke@example.org', false],
    ['MIKE@example.org', 'mıke@example.org', false],
    ['x@github.com', 'x@gıthub.com', false],
    ['x@GITHUB.com', 'x@gıthub.com', false],
    ['i@example.org', 'İ@example.org', false],
    ['joe@example.com', 'joe@example.com ', false],
  ])('compares %j and %j as Django does', (one, other, expected) => {
    expect(isSameAddress(one, other)).toBe(expected);
    expect(isSameAddress(other, one)).toBe(expected);
  });
});
