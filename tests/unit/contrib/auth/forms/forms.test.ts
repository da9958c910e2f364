import { describe, expect, it } from 'vitest';
import { AuthenticationForm } from '@/lib/contrib/auth/forms';

const parse = (typed: object) => AuthenticationForm.safeParse(typed);

describe('AuthenticationForm', () => {
  it('strips and normalises the username and leaves the password alone', () => {
    expect(parse({ username: ' ｊｏｅ\x1f\n', password: ' ｐ e\u0301 ' }).data).toEqual({
      username: 'joe',
      password: ' ｐ e\u0301 ',
    });
  });

  it('takes ten spaces for a password', () => {
    expect(parse({ username: 'joe', password: ' '.repeat(10) }).success).toBe(true);
  });

  it('keeps nothing but the two fields', () => {
    const { data } = parse({ username: 'joe', password: 'x', next: '/', is_superuser: 'on' });
    expect(Object.keys(data ?? {})).toEqual(['username', 'password']);
  });

  it.each([
    ['nothing', {}],
    ['blanks', { username: ' \t ', password: '' }],
  ])('asks for both fields: %s', (_what, typed) => {
    const issues = parse(typed).error?.issues ?? [];
    expect(issues.map(({ path, message }) => [path.join(), message])).toEqual([
      ['username', 'Enter your username.'],
      ['password', 'Enter your password.'],
    ]);
  });

  it.each(['username', 'password'])('refuses a NUL in the %s', (field) => {
    const typed = { username: 'joe', password: 'secret', [field]: 'a\0b' };
    expect(parse(typed).error?.issues.map(({ path }) => path.join())).toEqual([field]);
  });

  it('does not judge the length of a username, nor normalise an overlong one', () => {
    const overlong = '½'.repeat(151);
    expect(parse({ username: overlong, password: 'x' }).data?.username).toBe(overlong);
  });
});
