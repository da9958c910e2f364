'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { reserveAttempt } from '@/lib/contrib/auth/sign-in/attempts';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { primaryOf } from '@/lib/extras/account/emails/addresses';
import { markVerified } from '@/lib/extras/account/emails/confirm';
import { keepCode, tryCode } from '@/lib/extras/account/links/mailed-code';
import {
  sendVerifyCode,
  VERIFY_CODE,
  verifyEmailStage,
} from '@/lib/extras/account/verification/stage';
import { refusedField } from '@/lib/forms/forms';
import { throttledForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { after } from '@/lib/http/source/current-source';

const { name: STAGE, path: PAGE } = verifyEmailStage;

const WORDS = {
  wrong: 'This is not the code that we mailed.',
  over: 'This code is worth nothing any more. Have another one mailed.',
};

export const sendVerifyCodeAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const { user } = await requirePendingLogin(request, STAGE);
    const email = primaryOf(user);
    const keys = { account: email, network: request.ipAddress };
    const attempt = await reserveAttempt('email', keys, { request });
    if (!attempt.allowed) return throttledForm(attempt.retryAfter, form);
    const code = keepCode(request.session, VERIFY_CODE, { email });
    after(() => sendVerifyCode(user, code));
    redirect(PAGE);
  },
);

export const verifyEmailAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const { user } = await requirePendingLogin(request, STAGE);
    const tried = await tryCode(request.session, VERIFY_CODE, String(form.get('code') ?? ''));
    if (tried.kind !== 'right') return refusedField(form, 'code', WORDS[tried.kind]);
    // Of an address that was changed meanwhile the code shows nothing.
    if (tried.email !== primaryOf(user)) return refusedField(form, 'code', WORDS.over);
    await markVerified(request, user);
    redirect(await passLoginStage(request, STAGE));
  },
);
