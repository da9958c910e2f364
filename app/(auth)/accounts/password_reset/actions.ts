'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(auth)/guards';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import { sendResetMails } from '@/lib/contrib/auth/passwords/password-reset';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { parseForm } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const passwordResetAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const origin = siteOrigin(request);
    const parsed = parseForm(PasswordResetForm, form);
    if (!parsed.ok) return parsed.state;
    const { email } = parsed.data;
    const keys = { account: email, network: request.ipAddress };
    const attempt = await reserveAttempt('password_reset', keys, { request });
    if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
    // Whether anybody has this address is looked up when the answer, and its time, are out.
    after(() => sendResetMails(email, origin));
    redirect('/accounts/password_reset/done/');
  },
);
