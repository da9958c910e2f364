'use server';

import { redirect } from 'next/navigation';
import { confirmationAnswer, deletionAnswer } from '@/app/(admin)/admin/[app]/[model]/answer';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { listHref, withoutError } from '@/lib/contrib/admin/list/list-address';
import { answerListPost } from '@/lib/contrib/admin/list/list-post';
import { changedQuery } from '@/lib/contrib/admin/list/list-query';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import {
  carriesConfirmation,
  confirmationError,
  confirmIdentity,
  isSignInFresh,
} from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { addMessage } from '@/lib/contrib/messages/api';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

export const listAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const origin = siteOrigin(request);
    const admin = modelAdminOr404(form.get('_model'));
    if (!(await hasViewPermission(request.user, admin))) throw permissionDenied(admin, 'view');
    const params = new URLSearchParams(String(form.get('_query') ?? ''));
    const query = params.toString();
    let isFresh = isSignInFresh(request);
    let error: string | undefined;
    if (!isFresh && carriesConfirmation(form)) {
      const refused = await confirmIdentity(request, form);
      isFresh = refused === null;
      error = refused ? confirmationError(refused) : undefined;
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
    const { level, text, committed } = answer.outcome;
    if (committed) after(() => committed({ when: new Date(), origin }));
    addMessage(request, level, text);
    // The page they stood on may be gone with the rows.
    redirect(listHref(admin.meta, answer.isDeleted ? changedQuery(params) : withoutError(params)));
  },
);
