import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import {
  getPasswordValidators,
  passwordChanged,
  passwordHelp,
  passwordValidatorsHelpTexts,
  registerPasswordValidator,
  validatePassword,
} from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import { ValidationError } from '@/lib/core/exceptions';
import { client, codesOf, withValidator } from '@/tests/support/auth/judge';

const SHORT = 'password_too_short';
const SIMILAR = 'password_too_similar';
const COMMON = 'password_too_common';
const NUMERIC = 'password_entirely_numeric';

// The verdicts of Django 3.2, 5.2 and 6.0.
describe('the four default validators', () => {
  it.each<[string, string[]]>([
    ['', [SHORT]],
    ['a', [SHORT, COMMON]],
    ['12345678', [COMMON, NUMERIC]],
    ['123456789012', [NUMERIC]],
    ['½'.repeat(12), []],
    ['12345678a', [COMMON]],
    ['  password  ', [COMMON]],
    ['Password1', [COMMON]],
    ['letmein1', [SIMILAR, COMMON]],
    ['trustno1', [COMMON]],
    ['abcdefgh', [COMMON]],
    ['p@ssw0rd', [COMMON]],
    ['TESTCLIENT', [SIMILAR]],
    ['testclient1', [SIMILAR]],
    ['testclient123456789', []],
    ['tneilctset', [SIMILAR]],
    ['example.com', [SIMILAR]],
    ['examplecom', [SIMILAR]],
    ['Test', [SIMILAR, SHORT, COMMON]],
    ['testtest', [COMMON]],
    ['t3stcl1ent', [SIMILAR]],
    ['12tset34', []],
    ['aaaaaaaa', [COMMON]],
    ['        ', []],
    ['密码密码密码', [SHORT]],
    ['emoji😀😀😀😀', []],
    ['abc\0defg', []],
    ['a'.repeat(4096), []],
  ])('%j: %j', async (password, codes) => {
    expect(await codesOf(password, client)).toEqual(codes);
  });

  it.each(['testclient', 'testclient@example.com'])('without a user, %j will do', async (text) => {
    expect(await codesOf(text)).toEqual([]);
  });

  it('say what is wrong in their order', async () => {
    expect(await validatePassword('Test', client)).toEqual([
      'This password is too similar to the first name.',
      'This password is too short: it needs at least 8 characters.',
      'This password is too common: it is among those that are tried first.',
    ]);
  });

  it('tell the rules beforehand', () => {
    expect(passwordValidatorsHelpTexts()).toEqual([
      'Not too similar to your name, username or email address.',
      'At least 8 characters.',
      'Not a password that many people use.',
      'Not digits only.',
    ]);
    expect(passwordHelp('other')[0]?.text).toBe(
      'Not too similar to their name, username or email address.',
    );
  });
});

describe('a validator of the project', () => {
  const stored: [string, PasswordSubject][] = [];
  const make = () => ({
    async validate(password: string) {
      if (password.includes('swordfish')) throw new ValidationError('No fish.', 'fish');
    },
    getHelpText: () => 'Not a fish.',
    passwordChanged: (password: string, user: PasswordSubject) =>
      void stored.push([password, user]),
  });

  it('is asked, told and explained like the others', async () => {
    const unregister = registerPasswordValidator('FishValidator', make);
    await withValidator('FishValidator', {}, async () => {
      expect(await validatePassword('swordfish')).toEqual(['No fish.']);
      expect(await codesOf('swordfish')).toEqual(['fish']);
      expect(passwordValidatorsHelpTexts()).toEqual(['Not a fish.']);
      await passwordChanged('trout', client);
    });
    expect(stored).toEqual([['trout', client]]);
    unregister();
    await withValidator('FishValidator', {}, async () => {
      expect(getPasswordValidators).toThrow(/"FishValidator"; known are/);
    });
  });

  it('may have a fault, which is not taken for a refusal', async () => {
    const fault = new TypeError('a fault');
    const unregister = registerPasswordValidator('FaultyValidator', () => ({
      ...make(),
      validate: () => Promise.reject(fault),
    }));
    await withValidator('FaultyValidator', {}, async () => {
      await expect(validatePassword('x')).rejects.toBe(fault);
    });
    unregister();
  });

  it('may be missing altogether', async () => {
    await overrideSettings({ AUTH_PASSWORD_VALIDATORS: [] }, async () => {
      expect(await validatePassword('')).toEqual([]);
    });
  });
});
