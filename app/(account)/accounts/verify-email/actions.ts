'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { askCode, refusedCode } from '@/app/(account)/mailed-codes';
import { passLoginStage } from '@/lib/contrib/auth/sign-in/complete-login';
import { requirePendingLogin } from '@/lib/contrib/auth/sign-in/pending-login';
import { primaryOf } from '@/lib/extras/account/emails/addresses';
import { markVerified } from '@/lib/extras/account/emails/confirm';
import { tryCode } from '@/lib/extras/account/links/mailed-code';
import {
  sendVerifyCode,
  VERIFY_CODE,
  verifyEmailStage,
} from '@/lib/extras/account/verification/stage';
import type { HttpRequest } from '@/lib/http/request';

const { name: STAGE, path: PAGE } = verifyEmailStage;

const INSTEAD = 'Have another one mailed.';

export const sendVerifyCodeAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const { user } = await requirePendingLogin(request, STAGE);
    const asked = { kind: VERIFY_CODE, counted: 'email', email: primaryOf(user) } as const;
    const waiting = await askCode(request, form, asked, (code) => sendVerifyCode(user, code));
    if (waiting) return waiting;
    redirect(PAGE);
  },
);

export const verifyEmailAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const { user } = await requirePendingLogin(request, STAGE);
    const tried = await tryCode(request.session, VERIFY_CODE, String(form.get('code') ?? ''));
    if (tried.kind !== 'right') return refusedCode(form, tried.kind, INSTEAD);
    // Of an address that was changed meanwhile the code shows nothing.
    if (tried.email !== primaryOf(user)) return refusedCode(form, 'over', INSTEAD);
    await markVerified(request, user);
    redirect(await passLoginStage(request, STAGE));
  },
);
