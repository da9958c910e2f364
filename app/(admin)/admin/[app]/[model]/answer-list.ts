import {
  actionFormAnswer,
  confirmationAnswer,
  deletionAnswer,
} from '@/app/(admin)/admin/[app]/[model]/answer';
import { listHref, withoutError } from '@/lib/contrib/admin/list/list-address';
import { answerListPost } from '@/lib/contrib/admin/list/list-post';
import { changedQuery } from '@/lib/contrib/admin/list/list-query';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
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

/**
 * Take the action that the form of a list asks for. Where it is taken, or what was wrong is told, the
 * address to go on to; null where a page asks first.
 * Django: ModelAdmin.response_action
 */
export async function answerList(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  form: FormData,
): Promise<string | null> {
  const origin = siteOrigin(request);
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
    return null;
  }
  if (answer.kind === 'form') {
    const { name, label } = answer.action;
    actionFormAnswer.give({ ...answer, action: { name, label }, query, error });
    return null;
  }
  if (answer.kind === 'asked') {
    deletionAnswer.give({ ...answer, query });
    return null;
  }
  const { level, text, committed } = answer.outcome;
  if (committed) after(() => committed({ when: new Date(), origin }));
  addMessage(request, level, text);
  // The page they stood on may be gone with the rows.
  return listHref(admin.meta, answer.isDeleted ? changedQuery(params) : withoutError(params));
}
