'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { askCode } from '@/app/(account)/mailed-codes';
import { nextAfterLogin } from '@/app/(auth)/accounts/login/next';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { LOGIN_CODE, sendLoginCode } from '@/lib/extras/account/login-code/login-code';
import { requireOpen } from '@/lib/extras/account/open';
import { parseForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';

export const loginCodeAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_LOGIN_BY_CODE_ENABLED');
    const origin = siteOrigin(request);
    const parsed = parseForm(PasswordResetForm, form);
    if (!parsed.ok) return parsed.state;
    const email = foldAddress(parsed.data.email);
    const next = nextAfterLogin(request, form);
    const asked = { kind: LOGIN_CODE, counted: 'login_code', email, next } as const;
    const waiting = await askCode(request, form, asked, (code) =>
      sendLoginCode(email, code, origin),
    );
    if (waiting) return waiting;
    redirect('/accounts/login/code/confirm/');
  },
);
