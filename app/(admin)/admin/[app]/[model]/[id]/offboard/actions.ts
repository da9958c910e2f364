'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { userToOffboard } from '@/app/(admin)/admin/auth/user/find-user';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { actionsFor, takeAction } from '@/lib/contrib/admin/actions';
import { offboardUser } from '@/lib/contrib/auth/admin/people/offboard';
import { isNameAsked } from '@/lib/contrib/auth/admin/people/offboard-review';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { userAdminPath, userModelKey } from '@/lib/contrib/auth/users/user-path';
import { addMessage, success } from '@/lib/contrib/messages/api';
import { Http404, PermissionDenied } from '@/lib/core/exceptions';
import { strip } from '@/lib/core/strip';
import { textField } from '@/lib/forms/fields';
import { parseForm, refusedField, refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

const fields = z.object({
  username: z.string().default(''),
  reason: textField({ max: 200 }),
});

const MORE_ENDS = 'More would end for good by now. Open this page again, and read it.';

export const offboardAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const user = await userToOffboard(request.user, form.get('_id'));
    const { id, username } = user;
    const parsed = parseForm(fields, form);
    if (!parsed.ok) return parsed.state;
    if (strip(parsed.data.username) !== username && (await isNameAsked(request.user, user))) {
      if (!form.has('username')) return refusedForm(form, MORE_ENDS);
      return refusedField(form, 'username', `Type ${username} to say that you mean them.`);
    }
    const done = await offboardUser(request, id, parsed.data.reason);
    if (done.kind === 'gone') throw new Http404();
    if (done.kind === 'refused') return refusedForm(form, done.text);
    success(request, `${username} was let go and can no longer sign in.`);
    redirect(userAdminPath(`${id}/change/`));
  },
);

export const reactivateAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const { id } = await userToOffboard(request.user, form.get('_id'));
    const admin = modelAdminOr404(userModelKey());
    const offered = await actionsFor(admin, request.user);
    const action = offered.find(({ name }) => name === 'activate');
    if (!action) throw new PermissionDenied();
    if (!isSignInFresh(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const taken = await takeAction(admin, action, { request, ids: [id], isFresh: true });
    if (taken.kind !== 'done') throw new PermissionDenied();
    const { level, text } = taken.outcome;
    if (level !== 'success') return refusedForm(form, text);
    addMessage(request, level, text);
    redirect(userAdminPath(`${id}/change/`));
  },
);
