'use server';

import { redirect } from 'next/navigation';
import { staffMemberRequired } from '@/app/(account)/guards';
import { userToSetPasswordOf } from '@/app/(admin)/admin/auth/user/find-user';
import type { User } from '@/lib/contrib/auth/models';
import { userAdminPath } from '@/lib/contrib/auth/users/user-path';
import { success } from '@/lib/contrib/messages/api';
import { noteSetPasswordLink, sendLinks } from '@/lib/extras/account/admin/set-password-action';
import { refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const passwordLinkAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const origin = siteOrigin(request);
    const { id, username } = await userToSetPasswordOf(request.user, form.get('_id'));
    const refusal = await noteSetPasswordLink(request, id);
    if (refusal !== null) return refusedForm(form, refusal);
    after(() => sendLinks([id], origin));
    success(request, `A link to choose a password goes to ${username}.`);
    redirect(userAdminPath(`${id}/change/`));
  },
);
