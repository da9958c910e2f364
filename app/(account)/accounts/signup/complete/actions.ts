'use server';

import { redirect } from 'next/navigation';
import { enterNewAccount } from '@/app/(account)/enter';
import { loginNotRequired } from '@/app/(account)/guards';
import { dropToken, openedToken } from '@/app/(account)/opened-link';
import { LINKS } from '@/lib/extras/account/links/link-cookies';
import { NewAccountForm } from '@/lib/extras/account/new-account/new-account-form';
import { requireOpen } from '@/lib/extras/account/open';
import { addressOfSignup, signUp } from '@/lib/extras/account/signup/signup';
import { parseFormAsync, refusedForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

const UNUSABLE = 'This link is used or too old. Begin again with your address.';

export const completeSignupAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    requireOpen('ACCOUNT_SIGNUP_ENABLED');
    const token = await openedToken(request, LINKS.signup);
    const email = addressOfSignup(token);
    if (email === null) return refusedForm(form, UNUSABLE);
    const parsed = await parseFormAsync(NewAccountForm(email), form);
    if (!parsed.ok) return parsed.state;
    const { username, password1: password } = parsed.data;
    const made = await saveForm(form, () => signUp(request, token, { username, password }));
    if (!made.ok) return made.state;
    if (!made.data) return refusedForm(form, UNUSABLE);
    await dropToken(request, LINKS.signup);
    redirect(await enterNewAccount(request, made.data));
  },
);
