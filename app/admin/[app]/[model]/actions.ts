'use server';

import { redirect } from 'next/navigation';
import { confirmationAnswer, deletionAnswer } from '@/app/admin/[app]/[model]/answer';
import { modelAdminOr404 } from '@/app/admin/find-admin';
import { listHref, withoutError } from '@/lib/admin/list-address';
import { answerListPost } from '@/lib/admin/list-post';
import { changedQuery } from '@/lib/admin/list-query';
import { hasViewPermission, permissionDenied } from '@/lib/admin/permissions';
import type { User } from '@/lib/auth/models';
import { staffMemberRequired } from '@/lib/http/decorators';
import type { HttpRequest } from '@/lib/http/request';
import { CONFIRM_FIELD, confirmPassword, isSignInFresh, passwordError } from '@/lib/http/step-up';
import { addMessage } from '@/lib/messages/api';

export const listAction = staffMemberRequired(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = modelAdminOr404(form.get('_model'));
    if (!(await hasViewPermission(request.user, admin))) throw permissionDenied(admin, 'view');
    const params = new URLSearchParams(String(form.get('_query') ?? ''));
    const query = params.toString();
    let isFresh = isSignInFresh(request);
    let error: string | undefined;
    if (!isFresh && form.has(CONFIRM_FIELD)) {
      const refused = await confirmPassword(request, form);
      isFresh = refused === null;
      error = refused ? passwordError(refused) : undefined;
    }
    const answer = await answerListPost(admin, request, { form, isFresh });
    if (answer.kind === 'stale sign-in') {
      const { name, label } = answer.action;
      confirmationAnswer.give({ action: { name, label }, ids: answer.ids, query, error });
      return;
    }
    if (answer.kind === 'asked') {
      deletionAnswer.give({ ...answer, query });
      return;
    }
    addMessage(request, answer.outcome.level, answer.outcome.text);
    // The page they stood on may be gone with the rows.
    redirect(listHref(admin.meta, answer.isDeleted ? changedQuery(params) : withoutError(params)));
  },
);
