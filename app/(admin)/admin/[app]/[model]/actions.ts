'use server';

import { redirect } from 'next/navigation';
import { formAnswer } from '@/app/(admin)/admin/[app]/[model]/[id]/form-answer';
import { answerList } from '@/app/(admin)/admin/[app]/[model]/answer-list';
import { saveListForm } from '@/app/(admin)/admin/[app]/[model]/save-list-form';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { hasUnsavedRows } from '@/lib/contrib/admin/list/editable/save-list';
import { listHref, withoutError } from '@/lib/contrib/admin/list/list-address';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import type { User } from '@/lib/contrib/auth/models';
import { REVIEW_BUTTONS } from '@/lib/contrib/auth/rights/confirmation';
import { refusedForm } from '@/lib/forms/forms';
import type { HttpRequest } from '@/lib/http/request';

export const listAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = modelAdminOr404(form.get('_model'));
    if (!(await hasViewPermission(request.user, admin))) throw permissionDenied(admin, 'view');
    const next = await answerList(request, admin, form);
    if (next !== null) redirect(next);
  },
);

export const editListAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = modelAdminOr404(form.get('_model'));
    if (!(await hasViewPermission(request.user, admin))) throw permissionDenied(admin, 'view');
    if (form.has(REVIEW_BUTTONS.edit)) {
      const state = refusedForm(form);
      formAnswer.give({ kind: 'edit', state });
      return state;
    }
    if (form.has('_save')) {
      const refused = await saveListForm(request, admin, form);
      if (refused) return refused;
      const params = new URLSearchParams(String(form.get('_query') ?? ''));
      redirect(listHref(admin.meta, withoutError(params)));
    }
    if (await hasUnsavedRows(admin, request, form)) return refusedForm(form, UNSAVED);
    const next = await answerList(request, admin, form);
    if (next !== null) redirect(next);
    return refusedForm(form);
  },
);

const UNSAVED =
  'You have changed rows of this list and not saved them: save them first. Nothing has been done.';
