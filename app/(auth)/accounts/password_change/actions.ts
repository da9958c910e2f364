'use server';

import { redirect } from 'next/navigation';
import { loginRequired } from '@/app/(auth)/guards';
import { refuseImpersonation } from '@/lib/contrib/auth/authenticators/on-behalf';
import {
  PasswordChangeForm,
  passwordIncorrect,
} from '@/lib/contrib/auth/forms/password-change-form';
import type { User } from '@/lib/contrib/auth/models';
import {
  changePassword,
  keepSessionAfterUpgrade,
  ownPasswordTries,
  sendPasswordChangedMail,
} from '@/lib/contrib/auth/passwords/password-change';
import { forgetAttempts, reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { success } from '@/lib/contrib/messages/api';
import { parseFormAsync, refusedField } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

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
