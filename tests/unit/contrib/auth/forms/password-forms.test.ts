import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { overrideSettings } from '@/lib/conf/settings';
import { PasswordChangeForm } from '@/lib/contrib/auth/forms/password-change-form';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import { SetPasswordForm } from '@/lib/contrib/auth/forms/set-password-form';
import { registerHasher } from '@/lib/contrib/auth/hashers';
import { User } from '@/lib/contrib/auth/models';
import { countingHasher } from '@/tests/support/auth/counting-hasher';
import { userRow } from '@/tests/support/auth/user-row';

const OLD = 'the old password';
const GOOD = 'a meadow of larks';
const DIFFER = 'The two new passwords differ.';
const counting = { PASSWORD_HASHERS: ['counting'] };
const hasher = countingHasher();
beforeAll(() => registerHasher(hasher));

const owner = (password = `counting$1$${OLD}`) =>
  new User(userRow({ username: 'joe', email: 'joe@example.com', password }));

type Errors = Record<string, string[]>;

async function errorsOf(schema: z.ZodType, typed: object): Promise<Errors> {
  const parsed = await overrideSettings(counting, () => schema.safeParseAsync(typed));
  const errors: Errors = {};
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = path.join();
    errors[field] = [...(errors[field] ?? []), message];
  }
  return errors;
}

function set(new_password1?: string, new_password2?: string): Promise<Errors> {
  return errorsOf(SetPasswordForm(owner()), { new_password1, new_password2 });
}

describe('SetPasswordForm', () => {
  it('takes a good password twice, spaces and all', async () => {
    expect(await set(GOOD, GOOD)).toEqual({});
    expect(await set(' '.repeat(10), ' '.repeat(10))).toEqual({});
  });

  it.each([
    ['nothing', undefined, undefined, ['new_password1', 'new_password2']],
    ['the first alone', GOOD, '', ['new_password2']],
    ['the second alone', '', GOOD, ['new_password1']],
    ['a NUL', 'a\0bcdefghij', 'a\0bcdefghij', ['new_password1', 'new_password2']],
  ])('asks for both: %s', async (_what, first, second, fields) => {
    expect(Object.keys(await set(first, second))).toEqual(fields);
  });

  it('says at the second field that they differ, and nothing else', async () => {
    expect(await set(GOOD, `${GOOD} `)).toEqual({ new_password2: [DIFFER] });
    expect(await set('12345678', '87654321')).toEqual({ new_password2: [DIFFER] });
  });

  it('says at the second field, in order, what the validators object to', async () => {
    const { new_password2: errors = [], ...others } = await set('abc', 'abc');
    expect(others).toEqual({});
    expect(errors).toHaveLength(2);
    expect(errors[0]).toMatch(/8 characters/);
    expect(errors[1]).toMatch(/common/);
  });

  it('compares with the user whose password it is', async () => {
    const { new_password2: errors = [] } = await set('joe@example.com', 'joe@example.com');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/similar/);
  });
});

function change(typed: object, user = owner()): Promise<Errors> {
  return errorsOf(PasswordChangeForm(user), { new_password1: GOOD, new_password2: GOOD, ...typed });
}

describe('PasswordChangeForm', () => {
  it('takes the old password and a new one, which may be the same', async () => {
    expect(await change({ old_password: OLD })).toEqual({});
    expect(await change({ old_password: OLD, new_password1: OLD, new_password2: OLD })).toEqual({});
  });

  it('refuses a wrong old password, exactly as typed', async () => {
    for (const old_password of ['wrong', `${OLD} `, OLD.toUpperCase()]) {
      expect(Object.keys(await change({ old_password }))).toEqual(['old_password']);
    }
  });

  it('says both what is wrong with the old one and with the new one', async () => {
    expect(Object.keys(await change({ old_password: 'wrong', new_password2: 'x' }))).toEqual([
      'old_password',
      'new_password2',
    ]);
  });

  it('asks for the old password without hashing for nothing', async () => {
    const { calls } = hasher;
    expect(Object.keys(await change({ old_password: '' }))).toEqual(['old_password']);
    expect(Object.keys(await change({ old_password: 'a\0b' }))).toEqual(['old_password']);
    expect(hasher.calls).toBe(calls);
  });

  it('never passes for a user with an unusable password', async () => {
    const errors = await change({ old_password: '!unusable' }, owner('!unusable'));
    expect(Object.keys(errors)).toEqual(['old_password']);
  });
});

describe('PasswordResetForm', () => {
  const parse = (email?: string) => PasswordResetForm.safeParse({ email });
  const problems = (email?: string) => parse(email).error?.issues.map(({ message }) => message);

  it.each([
    ['joe@example.com', 'joe@example.com'],
    ['JOE@EXAMPLE.COM', 'JOE@EXAMPLE.COM'],
    [' joe@example.com \n', 'joe@example.com'],
    ['a@[127.0.0.1]', 'a@[127.0.0.1]'],
    ['a@localhost', 'a@localhost'],
    ['a@例え.jp', 'a@例え.jp'],
  ])('takes %j', (typed, email) => {
    expect(parse(typed).data).toEqual({ email });
  });

  it.each([
    'not valid',
    'a@b',
    '@x.com',
    'a@b.c',
    '"q q"@example.com',
    'a@exa_mple.com',
    'josé@example.com',
    'a@-x.com',
    'a..b@example.com',
    '.a@example.com',
    'ada@example.com, eve@evil.example',
    'ada@example.com\nBcc: eve@evil.example',
  ])('refuses %j', (typed) => {
    expect(problems(typed)).toEqual(['This is not a valid email address.']);
  });

  it('asks for an address', () => {
    for (const typed of [undefined, '', '   ']) {
      expect(problems(typed)).toEqual(['Enter your email address.']);
    }
  });

  it('refuses one that is too long, and one that is endless for two reasons', () => {
    expect(problems(`${'x'.repeat(243)}@example.com`)).toHaveLength(1);
    expect(problems(`${'x'.repeat(310)}@example.com`)).toHaveLength(2);
    expect(problems('a\0@example.com')).toEqual(['Null characters are not allowed.']);
  });

  // One that tried each way to split it would not come to an end.
  it('judges a megabyte', () => {
    const endless = [`${'a.'.repeat(500_000)}@x`, `a@${'a-'.repeat(500_000)}`];
    for (const typed of endless) expect(problems(typed)?.length).toBeGreaterThan(0);
  });
});
