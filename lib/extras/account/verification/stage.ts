import { settings } from '@/lib/conf/settings';
import type { User } from '@/lib/contrib/auth/models';
import type { LoginStage } from '@/lib/contrib/auth/sign-in/login-stages';
import { isVerified } from '@/lib/extras/account/emails/addresses';
import type { CodeKind } from '@/lib/extras/account/links/mailed-code';
import { verifyEmailMail } from '@/lib/extras/account/mails/code-mails';
import { sendLetter } from '@/lib/extras/account/mails/send';

/** How the code of the stage is kept. */
export const VERIFY_CODE: CodeKind = { name: '_verify_code', age: () => 600, tries: () => 3 };

/**
 * With ACCOUNT_EMAIL_VERIFICATION mandatory nobody is let in before they have shown that they read the
 * mail to their account's address. An account without one is: it would never be let in again.
 * allauth: account/stages.py EmailVerificationStage
 */
export const verifyEmailStage: LoginStage = {
  name: 'verify_email',
  path: '/accounts/verify-email/',
  async isRequired(user) {
    const isAsked = settings.ACCOUNT_EMAIL_VERIFICATION === 'mandatory' && user.email !== '';
    return isAsked && !(await isVerified(user));
  },
};

/** Mail the code of the stage. For the time after the answer. */
export async function sendVerifyCode(
  user: Pick<User, 'username' | 'email'>,
  code: string,
): Promise<void> {
  const { username, email } = user;
  await sendLetter(email, verifyEmailMail({ username, code, age: VERIFY_CODE.age() }));
}
