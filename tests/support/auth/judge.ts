import { overrideSettings } from '@/lib/conf/settings';
import { passwordErrors } from '@/lib/contrib/auth/password-validation';
import type { PasswordSubject } from '@/lib/contrib/auth/password-validation/subject';

/** The user of Django's own tests. */
export const client: PasswordSubject = {
  username: 'testclient',
  firstName: 'Test',
  lastName: 'Client',
  email: 'testclient@example.com',
};

/** The codes of what is wrong with a password, in order. */
export async function codesOf(password: string, user?: PasswordSubject): Promise<string[]> {
  return (await passwordErrors(password, user)).map(({ code }) => code);
}

/** Run `body` with one validator and no other. */
export function withValidator<T>(
  NAME: string,
  OPTIONS: object,
  body: () => Promise<T>,
): Promise<T> {
  const AUTH_PASSWORD_VALIDATORS = [{ NAME, OPTIONS: { ...OPTIONS } }];
  return overrideSettings({ AUTH_PASSWORD_VALIDATORS }, body);
}
