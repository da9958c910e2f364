'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { nextAfterLogin } from '@/app/(auth)/accounts/login/next';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { keepCode } from '@/lib/extras/account/links/mailed-code';
import { LOGIN_CODE, sendLoginCode } from '@/lib/extras/account/login-code/login-code';
import { requireOpen } from '@/lib/extras/account/open';
import { parseForm } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const loginCodeAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_LOGIN_BY_CODE_ENABLED');
    const origin = siteOrigin(request);
    const parsed = parseForm(PasswordResetForm, form);
    if (!parsed.ok) return parsed.state;
    const email = foldAddress(parsed.data.email);
    const keys = { account: email, network: request.ipAddress };
    const attempt = await reserveAttempt('login_code', keys, { request });
    if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
    const next = nextAfterLogin(request, form);
    const code = keepCode(request.session, LOGIN_CODE, { email, next });
    // Whether anybody has this address is looked up when the answer, and its time, are out.
    after(() => sendLoginCode(email, code, origin));
    redirect('/accounts/login/code/confirm/');
  },
);
