'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { refusedCode } from '@/app/(account)/mailed-codes';
import { logSecurityEvent } from '@/lib/contrib/auth/events/security-events';
import { forgetAttempts } from '@/lib/contrib/auth/sign-in/attempts';
import { completeLogin } from '@/lib/contrib/auth/sign-in/complete-login';
import { primaryOf } from '@/lib/extras/account/emails/addresses';
import { markVerified } from '@/lib/extras/account/emails/confirm';
import { tryCode } from '@/lib/extras/account/links/mailed-code';
import { LOGIN_CODE, userOfCode } from '@/lib/extras/account/login-code/login-code';
import { requireOpen } from '@/lib/extras/account/open';
import type { HttpRequest } from '@/lib/http/request';

const INSTEAD = 'Ask for another one.';

export const confirmCodeAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_LOGIN_BY_CODE_ENABLED');
    const tried = await tryCode(request.session, LOGIN_CODE, String(form.get('code') ?? ''));
    if (tried.kind !== 'right') {
      await logSecurityEvent({ name: 'authn_login_fail', request, detail: { method: 'code' } });
      return refusedCode(form, tried.kind, INSTEAD);
    }
    const { email, next } = tried;
    const found = await userOfCode(email);
    if (!found) return refusedCode(form, 'over', INSTEAD);
    const { user, backend } = found;
    if (primaryOf(user) === email) await markVerified(request, user);
    await forgetAttempts('login_code', { account: email, network: request.ipAddress });
    redirect(await completeLogin(request, user, { method: 'code', backend, next }));
  },
);
