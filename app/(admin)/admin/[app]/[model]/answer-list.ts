import {
  actionFormAnswer,
  choiceAnswer,
  confirmationAnswer,
  deletionAnswer,
  reviewAnswer,
} from '@/app/(admin)/admin/[app]/[model]/answer';
import { listHref, listPath, withoutError } from '@/lib/contrib/admin/list/list-address';
import { answerListPost } from '@/lib/contrib/admin/list/list-post';
import { changedQuery } from '@/lib/contrib/admin/list/list-query';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { unreadSeenBy } from '@/lib/contrib/auth/admin/rights/seen-by';
import {
  carriesConfirmation,
  confirmationError,
  confirmIdentity,
  isSignInFresh,
} from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { REVIEW_FIELDS, readConfirmation } from '@/lib/contrib/auth/rights/confirmation';
import { type Deed, offerUndo } from '@/lib/contrib/auth/rights/undo-offer';
import { addMessage } from '@/lib/contrib/messages/api';
import { canAnswerWithPage } from '@/lib/http/page-answer';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

/**
 * Take the action that the form of a list asks for. Where it is taken, or what was wrong is told, the
 * address to go on to, `back` where it was not asked for in the list; null where a page asks first.
 * Django: ModelAdmin.response_action
 */
export async function answerList(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  form: FormData,
  back?: string,
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
  const { reason } = readConfirmation(form);
  const isShown = canAnswerWithPage();
  const asker = { ...request, reason };
  let answer = await answerListPost(admin, asker, { form, isFresh, isShown });
  if (answer.kind === 'stale sign-in' && form.has(REVIEW_FIELDS.digest)) {
    // Who has not shown who they are reads it once more.
    form.delete(REVIEW_FIELDS.digest);
    answer = await answerListPost(admin, asker, { form, isFresh, isShown });
  }
  if (answer.kind === 'stale sign-in') {
    const { name, label } = answer.action;
    const { ids, chosen } = answer;
    confirmationAnswer.give({ action: { name, label }, ids, chosen, query, error });
    return null;
  }
  if (answer.kind === 'choose') {
    const { ids, label, choices } = answer;
    const { name, label: deed } = answer.action;
    choiceAnswer.give({ action: { name, label: deed }, ids, query, label, choices });
    return null;
  }
  if (answer.kind === 'unread') {
    const { action, ids, chosen } = answer;
    const { name, label, isGrant = false } = action;
    const unread = await unreadSeenBy(request.user, answer.unread);
    const proof = { isProofAsked: isGrant && !isFresh, proofError: error };
    reviewAnswer.give({ action: { name, label }, ids, chosen, query, reason, unread, ...proof });
    return null;
  }
  if (answer.kind === 'form') {
    const { name, label } = answer.action;
    actionFormAnswer.give({ ...answer, action: { name, label }, query, error });
    return null;
  }
  if (answer.kind === 'asked') {
    const { deletion } = answer;
    const review =
      deletion.review && (await unreadSeenBy(request.user, { review: deletion.review })).review;
    deletionAnswer.give({ ...answer, deletion: { ...deletion, review }, query, reason });
    return null;
  }
  const { level, text, committed, deed } = answer.outcome;
  const href = back ?? listHref(admin.meta, withoutError(params));
  if (deed) await offerUndo(request, { what: deedWords(answer, deed), href, deed });
  if (committed) after(() => committed({ when: new Date(), origin }));
  addMessage(request, level, text);
  const object = form.get('_object');
  if (typeof object === 'string' && !answer.isDeleted) {
    return `${listPath(admin.meta)}${encodeURIComponent(object)}/change/`;
  }
  // The page they stood on may be gone with the rows.
  return answer.isDeleted ? listHref(admin.meta, changedQuery(params)) : href;
}

// In other words than the message says it, which stands above.
function deedWords({ action }: { action?: { label: string } }, deed: Deed): string {
  const count = deed.kind === 'action' ? deed.ids.length : deed.holders.length;
  const people = count === 1 ? '1 user' : `${count.toLocaleString('en')} users`;
  return `${action?.label ?? 'Changed'}: ${people}.`;
}
