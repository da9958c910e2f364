'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { refusedCode } from '@/app/(account)/mailed-codes';
import { keepToken } from '@/app/(account)/opened-link';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { tryCode } from '@/lib/extras/account/links/mailed-code';
import { requireOpen } from '@/lib/extras/account/open';
import { SIGNUP_CODE, signupToken } from '@/lib/extras/account/signup/signup';
import type { HttpRequest } from '@/lib/http/request';

export const signupCodeAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_SIGNUP_ENABLED');
    const tried = await tryCode(request.session, SIGNUP_CODE, String(form.get('code') ?? ''));
    if (tried.kind !== 'right') {
      return refusedCode(form, tried.kind, 'Begin again with your address.');
    }
    await keepToken(request, LINKS.signup, signupToken.make({ email: tried.email }));
    redirect(LINKS.signup.page);
  },
);
