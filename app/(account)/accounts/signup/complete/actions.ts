'use server';

import { loginNotRequired } from '@/app/(account)/guards';
import { openAccount } from '@/app/(account)/open-account';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { requireOpen } from '@/lib/extras/account/open';
import { addressOfSignup, signUp } from '@/lib/extras/account/signup/signup';
import type { HttpRequest } from '@/lib/http/request';

const UNUSABLE = 'This link is used or too old. Begin again with your address.';

export const completeSignupAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_SIGNUP_ENABLED');
    return openAccount(request, form, {
      link: LINKS.signup,
      unusable: UNUSABLE,
      addressOf: async (token) => addressOfSignup(token),
      make: (token, chosen) => signUp(request, token, chosen),
    });
  },
);
