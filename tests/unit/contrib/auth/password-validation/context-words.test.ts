import { describe, expect, it } from 'vitest';
import { overrideSettings } from '@/lib/conf/settings';
import { passwordValidatorsHelpTexts } from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';
import { client, codesOf } from '@/tests/support/auth/judge';

const SHORT = 'password_too_short';
const COMMON = 'password_too_common';

describe('the preset nist', () => {
  const judge = (password: string, user: PasswordSubject = client) =>
    overrideSettings(
      {
        AUTH_PASSWORD_VALIDATORS: 'nist',
        APP_ORIGIN: 'https://intranet.acme.example:8443',
        ALLOWED_HOSTS: ['.acme.example'],
      },
      () => codesOf(password, user),
    );
  const CONTEXT = 'password_context_words';

  it.each<[string, string[]]>([
    ['short but odd', [SHORT]],
    ['123456789012345', []],
    ['fourteen chars', [SHORT]],
    ['fifteen   chars', []],
    ['gatehouse gatehouse', [CONTEXT]],
    ['Gatehouse2026!!', [CONTEXT]],
    ['intranet-acme-1', [CONTEXT]],
    ['testclient@example.com', [CONTEXT]],
    ['testclient123456', [CONTEXT]],
    ['my testclient likes walking', []],
    ['               ', []],
    ['111111111111111', [COMMON]],
  ])('%j: %j', async (password, codes) => {
    expect(await judge(password)).toEqual(codes);
  });

  it('judges without a user too, and takes no one-letter name for a word', async () => {
    expect(await judge('gatehouse-gatehouse', undefined)).toEqual([CONTEXT]);
    expect(await judge('a b a b a b a b', { username: 'a', firstName: 'b' })).toEqual([]);
  });

  it('has no rule about digits', async () => {
    await overrideSettings({ AUTH_PASSWORD_VALIDATORS: 'nist' }, () => {
      expect(passwordValidatorsHelpTexts()).toEqual([
        'At least 15 characters.',
        'Not a password that many people use.',
        "Not made mostly of your own names or of this site's.",
      ]);
    });
  });
});
