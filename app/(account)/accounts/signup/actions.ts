'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { keepCode } from '@/lib/extras/account/links/mailed-code';
import { requireOpen } from '@/lib/extras/account/open';
import { SIGNUP_CODE, sendSignupMail } from '@/lib/extras/account/signup/signup';
import { parseForm } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const signupAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_SIGNUP_ENABLED');
    const origin = siteOrigin(request);
    const parsed = parseForm(PasswordResetForm, form);
    if (!parsed.ok) return parsed.state;
    const email = foldAddress(parsed.data.email);
    const keys = { account: email, network: request.ipAddress };
    const attempt = await reserveAttempt('signup', keys, { request });
    if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
    const code = keepCode(request.session, SIGNUP_CODE, { email });
    // Who has this address, and whether it may register, is asked when the answer, and its time, are out.
    after(() => sendSignupMail(email, code, origin));
    redirect('/accounts/signup/sent/');
  },
);
