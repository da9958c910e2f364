'use server';

import { redirect } from 'next/navigation';
import { dropLink, openedLink } from '@/app/(auth)/accounts/reset/link-cookie';
import { loginNotRequired } from '@/app/(auth)/guards';
import { SetPasswordForm } from '@/lib/contrib/auth/forms/set-password-form';
import {
  changePassword,
  sendPasswordChangedMail,
} from '@/lib/contrib/auth/passwords/password-change';
import { passwordResetCompleted } from '@/lib/contrib/auth/signals';
import { parseFormAsync, refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

const UNUSABLE = 'This link is used or too old. Ask for another one.';

export const setPasswordAction = loginNotRequired.action(
  async (request: HttpRequest, form: FormData) => {
    const { ipAddress } = request;
    const origin = siteOrigin(request);
    const opened = await openedLink(request);
    if (!opened) return refusedForm(form, UNUSABLE);
    const { link, user } = opened;
    const parsed = await parseFormAsync(SetPasswordForm(user), form);
    if (!parsed.ok) return parsed.state;
    const { new_password1: password } = parsed.data;
    const ended = await changePassword(request, user, password, 'reset link');
    if (ended === null) return refusedForm(form, UNUSABLE);
    after(() => sendPasswordChangedMail(user, { when: new Date(), ipAddress, origin }));
    await dropLink(request, link);
    await passwordResetCompleted.send({ request, user });
    redirect('/accounts/reset/done/');
  },
);
