import { describe, expect, it } from 'vitest';
import { normalizeUsername } from '@/lib/contrib/auth/base-user';
import { validateEmail, validateUsername } from '@/lib/contrib/auth/validators';
import { ValidationError } from '@/lib/core/exceptions';

function codeOf(validate: () => void): string {
  try {
    validate();
    return 'ok';
  } catch (error) {
    if (error instanceof ValidationError) return error.code;
    throw error;
  }
}

describe('validateUsername', () => {
  it.each([
    ...['jsmith', 'JSmith', 'jsmith@example.com', 'j.smith', 'j_smith', 'a', '1', '@', '-', '+'],
    ...[
      'josé',
      'Éric',
      '\u03a9',
      '\u2126',
      'Ⅷ',
      'عمر',
      '中文',
      'ｊｏｅ',
      'b\u0307',
      'a'.repeat(150),
    ],
    '𝒳'.repeat(150),
  ])('accepts %s', (username) => {
    expect(codeOf(() => validateUsername(normalizeUsername(username)))).toBe('ok');
  });

  it.each([
    ['', 'required'],
    ['j/smith', 'invalid'],
    ['j%s', 'invalid'],
    ['j\\s', 'invalid'],
    ['j smith', 'invalid'],
    ['jsmith\n', 'invalid'],
    ['j\0smith', 'invalid'],
    ['½', 'invalid'],
    ['a\u00a0b', 'invalid'],
    ['emoji😀', 'invalid'],
    ['q\u0307', 'invalid'],
    ['a'.repeat(151), 'max_length'],
    ['½'.repeat(50), 'invalid'],
    ['½'.repeat(51), 'max_length'],
  ])('refuses %j as %s', (username, code) => {
    expect(codeOf(() => validateUsername(normalizeUsername(username)))).toBe(code);
  });
});

describe('validateEmail', () => {
  it.each([
    ...['joe@example.com', 'JOE@EXAMPLE.COM', "o'hara+x@example.co.uk", 'a.b@example.com'],
    ...['a@[127.0.0.1]', 'a@localhost', 'a@例え.jp', `${'x'.repeat(242)}@example.com`],
  ])('accepts %s', (email) => {
    expect(codeOf(() => validateEmail(email))).toBe('ok');
  });

  it.each([
    ...['', 'not valid', 'noat', 'a@b', '@x.com', 'a@b.c', '"q q"@example.com', 'a@exa_mple.com'],
    ...[
      'josé@example.com',
      'a@-x.com',
      'a..b@example.com',
      '.a@example.com',
      'a@example.com\n',
      'a@ex%61mple.com',
    ],
    ...[' a@example.com', 'a@b@example.com', 'a\0@example.com', 'a@'],
  ])('refuses %j', (email) => {
    expect(codeOf(() => validateEmail(email))).toBe('invalid');
  });

  it('refuses what the column cannot hold', () => {
    expect(codeOf(() => validateEmail(`${'x'.repeat(243)}@example.com`))).toBe('max_length');
  });
});
