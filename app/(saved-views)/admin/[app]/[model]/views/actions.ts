'use server';

import { redirect } from 'next/navigation';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(saved-views)/guards';
import { listHref, listPath } from '@/lib/contrib/admin/list/list-address';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { visibleText } from '@/lib/core/text';
import { ViewForm } from '@/lib/extras/saved-views/forms';
import { isViewQuery, viewQuery } from '@/lib/extras/saved-views/list-views';
import { deleteView, saveView } from '@/lib/extras/saved-views/saved-views';
import { parseForm, refusedForm, saveForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

export const saveViewAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = await viewedAdmin(request.user, form);
    const query = viewQuery(new URLSearchParams(String(form.get('_query') ?? '')));
    if (!(await isViewQuery(request.user, admin, query))) {
      return refusedForm(form, 'This is no list that can be kept. Go back to it and try again.');
    }
    const parsed = parseForm(ViewForm, form);
    if (!parsed.ok) return parsed.state;
    const { name } = parsed.data;
    const saved = await saveForm(form, () => saveView(request.user, admin, { name, query }));
    if (!saved.ok) return saved.state;
    success(request, `The view “${name}” stands above the list.`);
    redirect(listHref(admin.meta, query));
  },
);

export const deleteViewAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = await viewedAdmin(request.user, form);
    const name = await deleteView(request.user, form.get('_view'));
    if (name === null) throw new Http404();
    success(request, `The view “${visibleText(name)}” is deleted.`);
    redirect(`${listPath(admin.meta)}views/`);
  },
);

async function viewedAdmin(user: User, form: FormData) {
  const admin = modelAdminOr404(form.get('_model'));
  if (!(await hasViewPermission(user, admin))) throw permissionDenied(admin, 'view');
  return admin;
}
