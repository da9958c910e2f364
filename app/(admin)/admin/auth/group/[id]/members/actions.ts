'use server';

import { redirect } from 'next/navigation';
import { answerList } from '@/app/(admin)/admin/[app]/[model]/answer-list';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import { visibleUserNamed } from '@/lib/contrib/auth/admin/rights/group-members';
import type { User } from '@/lib/contrib/auth/models';
import { userModelKey } from '@/lib/contrib/auth/users/user-path';
import { error } from '@/lib/contrib/messages/api';
import type { HttpRequest } from '@/lib/http/request';

/** Puts somebody into a group by their name, or takes the ticked members out of it. */
export const membersAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData): Promise<void> => {
    const { user } = request;
    const group = await objectOr404(user, modelAdminOr404('auth.group'), form.get('_group'));
    const admin = modelAdminOr404(userModelKey());
    if (!(await hasViewPermission(user, admin))) throw permissionDenied(admin, 'view');
    const here = `/admin/auth/group/${group.id}/members/`;
    const username = form.get('username');
    if (typeof username === 'string') {
      const id = await visibleUserNamed(user, admin, username.trim());
      if (id === null) {
        error(request, 'There is no user of that name. Nothing has been changed.');
        redirect(here);
      }
      form.set('_selected_action', String(id));
      form.delete('username');
    }
    form.set('_query', '');
    form.set('_chosen', String(group.id));
    const next = await answerList(request, admin, form, here);
    if (next !== null) redirect(next);
  },
);
