'use server';

import { redirect } from 'next/navigation';
import { loginNotRequired } from '@/app/(account)/guards';
import { keepToken } from '@/app/(account)/opened-link';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { tryCode } from '@/lib/extras/account/links/mailed-code';
import { requireOpen } from '@/lib/extras/account/open';
import { SIGNUP_CODE, signupToken } from '@/lib/extras/account/signup/signup';
import { refusedField } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

const WORDS = {
  wrong: 'This is not the code that we mailed.',
  over: 'This code is worth nothing any more. Begin again with your address.',
};

export const signupCodeAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_SIGNUP_ENABLED');
    const tried = await tryCode(request.session, SIGNUP_CODE, String(form.get('code') ?? ''));
    if (tried.kind !== 'right') return refusedField(form, 'code', WORDS[tried.kind]);
    await keepToken(request, LINKS.signup, signupToken.make({ email: tried.email }));
    redirect(LINKS.signup.page);
  },
);
