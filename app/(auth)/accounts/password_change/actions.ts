'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(auth)/guards';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import { confirmationsOf } from '@/lib/contrib/auth/confirmations/confirmation';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import {
  PasswordChangeForm,
  passwordIncorrect,
} from '@/lib/contrib/auth/forms/password-change-form';
import { SetPasswordForm } from '@/lib/contrib/auth/forms/set-password-form';
import type { User } from '@/lib/contrib/auth/models';
import { maySetFirstPassword } from '@/lib/contrib/auth/passwords/first-password';
import {
  changePassword,
  keepSessionAfterUpgrade,
  ownPasswordTries,
  sendPasswordChangedMail,
} from '@/lib/contrib/auth/passwords/password-change';
import { forgetAttempts, reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { info, success } from '@/lib/contrib/messages/api';
import { parseFormAsync, refusedField, refusedForm } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

const PAGE = '/accounts/password_change/';

export const passwordChangeAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    refuseImpersonation(request);
    const { user, ipAddress } = request;
    const origin = siteOrigin(request);
    const keys = ownPasswordTries(request);
    const attempt = await reserveAttempt('password_change', keys, { request });
    if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);

    const stored = user.encodedPassword();
    const parsed = await parseFormAsync(PasswordChangeForm(user), form);
    keepSessionAfterUpgrade(request, user, stored);
    if (!parsed.ok && parsed.state.fieldErrors['old_password']) return parsed.state;
    await forgetAttempts('password_change', keys);
    if (!parsed.ok) return parsed.state;

    const { new_password1: password } = parsed.data;
    const ended = await changePassword(request, user, password, 'old password');
    if (ended === null) return refusedField(form, 'old_password', passwordIncorrect);
    after(() => sendPasswordChangedMail(user, { when: new Date(), ipAddress, origin }));
    if (ended > 0) success(request, `Your other sessions have ended: ${ended}.`);
    redirect('/accounts/password_change/done/');
  },
);

export const firstPasswordAction = loginRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    refuseImpersonation(request);
    const { user, ipAddress } = request;
    const origin = siteOrigin(request);
    if (!(await maySetFirstPassword(user))) redirect(PAGE);
    const isFresh = isSignInFresh(request);
    if (!isFresh && (await confirmationsOf(user)).length === 0) {
      info(request, 'You signed in a while ago. Sign in again, and set your password then.');
      redirect(PAGE);
    }
    const parsed = await parseFormAsync(SetPasswordForm(user), form);
    if (!parsed.ok) return parsed.state;
    // After the passwords: a code counts once.
    const refused = isFresh ? null : await confirmIdentity(request, form);
    if (refused) return refused;

    const { new_password1: password } = parsed.data;
    const ended = await changePassword(request, user, password, 'fresh sign-in');
    if (ended === null) return refusedForm(form, 'Your account has a password by now.');
    after(() =>
      sendPasswordChangedMail(user, { when: new Date(), ipAddress, origin, isFirst: true }),
    );
    success(request, `You can sign in as ${user.getUsername()} with your new password.`);
    if (ended > 0) success(request, `Your other sessions have ended: ${ended}.`);
    redirect('/accounts/');
  },
);
