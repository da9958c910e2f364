'use server';

import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { dropLink, openedLink } from '@/app/accounts/reset/link-cookie';
import { SetPasswordForm } from '@/lib/auth/forms/set-password-form';
import { changePassword, sendPasswordChangedMail } from '@/lib/auth/password-change';
import { loginNotRequired } from '@/lib/http/decorators';
import { parseFormAsync, refusedForm } from '@/lib/http/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { knowDevice } from '@/lib/http/throttled-sign-in';

const UNUSABLE = 'This link is used or too old. Ask for another one.';

export const setPasswordAction = loginNotRequired(async (request: HttpRequest, form: FormData) => {
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
  await knowDevice(request, user);
  redirect('/accounts/reset/done/');
});
