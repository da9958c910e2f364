'use server';

import { redirect } from 'next/navigation';
import {
  isOwnId,
  requireAddUser,
  userToSetPasswordOf,
} from '@/app/(admin)/admin/auth/user/find-user';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { addUser } from '@/lib/contrib/auth/admin/add-user';
import {
  AdminPasswordForm,
  newUserForm,
  newUserValues,
} from '@/lib/contrib/auth/admin/new-user-form';
import { setUserPassword } from '@/lib/contrib/auth/admin/set-password';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import { sendIdentityMails } from '@/lib/contrib/auth/mails/identity-mails';
import type { User } from '@/lib/contrib/auth/models';
import { formName, getUserModel } from '@/lib/contrib/auth/users/user-model';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { error, success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { type FormState, parseFormAsync, refusedField } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const addUserAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    await requireAddUser(request.user);
    const parsed = await parseFormAsync(newUserForm(), form);
    if (!parsed.ok) return keepChoice(parsed.state, form);
    const { password1, usable_password: isUsable } = parsed.data;
    const { USERNAME_FIELD } = getUserModel();
    const further = newUserValues(parsed.data);
    const username = String(further[USERNAME_FIELD]);
    const password = isUsable ? password1 : null;
    const added = await addUser(request, { username, further, password });
    if ('error' in added) {
      return keepChoice(refusedField(form, formName(USERNAME_FIELD), added.error), form);
    }
    const href = userAdminPath(`${added.id}/change/`);
    const another = form.has('_addanother');
    const next = another ? 'You may add another user below.' : 'You may edit it again below.';
    const text = `The user “${username}” was added successfully. ${next}`;
    success(request, text, { text: username, href });
    redirect(another ? userAdminPath('add/') : href);
  },
);

export const setPasswordAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    if (isOwnId(request.user, form.get('_id'))) redirect('/accounts/password_change/');
    const origin = siteOrigin(request);
    const target = await userToSetPasswordOf(request.user, form.get('_id'));
    const page = userAdminPath(`${target.id}/`);
    const wantsNone = form.get('usable_password') === 'false';
    if (wantsNone !== form.has('unset-password')) {
      error(request, 'Conflicting form data submitted. Please try again.');
      redirect(`${page}password/`);
    }
    const parsed = await parseFormAsync(AdminPasswordForm(target), form);
    if (!parsed.ok) return parsed.state;
    if (!isSignInFresh(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const password = wantsNone ? null : parsed.data.password1;
    if (!(await setUserPassword(request, target, password))) throw new Http404();
    const change = wantsNone ? 'password taken' : 'password set';
    const done = { when: new Date(), origin };
    after(() => sendIdentityMails(target, { before: target, fields: [change] }, done));
    success(
      request,
      wantsNone ? 'Password-based authentication was disabled.' : 'Password changed successfully.',
    );
    redirect(`${page}change/`);
  },
);

// It has a password in its name and would not be shown again.
function keepChoice(state: FormState, form: FormData): FormState {
  const usable = form.get('usable_password') === 'false' ? 'false' : 'true';
  return { ...state, values: { ...state.values, usable_password: usable } };
}
