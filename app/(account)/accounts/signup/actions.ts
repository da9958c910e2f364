'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { askCode } from '@/app/(account)/mailed-codes';
import { PasswordResetForm } from '@/lib/contrib/auth/forms/password-reset-form';
import { foldAddress } from '@/lib/extras/account/emails/addresses';
import { requireOpen } from '@/lib/extras/account/open';
import { SIGNUP_CODE, sendSignupMail } from '@/lib/extras/account/signup/signup';
import { parseForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';

export const signupAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_SIGNUP_ENABLED');
    const origin = siteOrigin(request);
    const parsed = parseForm(PasswordResetForm, form);
    if (!parsed.ok) return parsed.state;
    const email = foldAddress(parsed.data.email);
    const asked = { kind: SIGNUP_CODE, counted: 'signup', email } as const;
    const waiting = await askCode(request, form, asked, (code) =>
      sendSignupMail(email, code, origin),
    );
    if (waiting) return waiting;
    redirect('/accounts/signup/sent/');
  },
);
