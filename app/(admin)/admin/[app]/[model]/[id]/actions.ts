'use server';

import { redirect } from 'next/navigation';
import {
  carriedFields,
  comesFromReview,
  formAnswer,
} from '@/app/(admin)/admin/[app]/[model]/[id]/form-answer';
import { tellSaved, withFilters } from '@/app/(admin)/admin/after-save';
import { modelAdminOr404 } from '@/app/(admin)/admin/find-admin';
import { objectOr404 } from '@/app/(admin)/admin/find-object';
import { leaveForRelated } from '@/app/(admin)/admin/form-beside';
import { formPath } from '@/app/(admin)/admin/form-path';
import { formToEdit, formWithOneMore, saveForm } from '@/app/(admin)/admin/save-form';
import { staffMemberRequired } from '@/app/(admin)/guards';
import { deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { withPrefix } from '@/lib/contrib/admin/inlines/lines';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import {
  hasAddPermission,
  hasChangePermission,
  hasViewPermission,
  mayChangeEach,
  permissionDenied,
} from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { forgetForms } from '@/lib/contrib/admin/related/kept-forms';
import { isPlainForm, RELATED_PREFIX } from '@/lib/contrib/admin/related/related-links';
import { strOf } from '@/lib/contrib/admin/rows';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import {
  NOT_AS_READ,
  REVIEW_BUTTONS,
  REVIEW_FIELDS,
  readConfirmation,
  type Unconfirmed,
} from '@/lib/contrib/auth/rights/confirmation';
import { offerUndoOf } from '@/lib/contrib/auth/rights/undo-offer';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { emptyFormState, type FormState, refusedField, refusedForm } from '@/lib/forms/forms';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

export const saveAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = modelAdminOr404(form.get('_model'));
    const isCopy = form.has('_saveasnew') && form.has('_id') && admin.options.saveAs === true;
    const isNew = isCopy || !form.has('_id');
    // Whoever copies a row sees it.
    if (isCopy) await objectOr404(request.user, admin, form.get('_id'));
    const id = isNew ? null : await idToChange(request.user, admin, form.get('_id'));
    if (id === null) await requireAdd(request.user, admin);
    const more = await formWithOneMore(request, admin, { id, form });
    if (more) return more;
    const left = await leaveForRelated(request, admin, { id, form });
    if (left && 'href' in left) redirect(left.href);
    if (left) return left.state;
    const wanted = { id, form, isCopy };
    if (form.has(REVIEW_BUTTONS.edit)) {
      const state = await formToEdit(request, admin, wanted);
      formAnswer.give({ kind: 'edit', state });
      return state;
    }
    const saved = await saveForm(request, admin, wanted);
    if ('unread' in saved) {
      const { reason } = readConfirmation(form);
      formAnswer.give({ kind: 'review', fields: carriedFields(form), reason, ...saved });
      return refusedForm(form);
    }
    if ('state' in saved) {
      if (id !== null) await objectOr404(request.user, admin, form.get('_id'));
      if (comesFromReview(form)) formAnswer.give({ kind: 'edit', state: saved.state });
      return saved.state;
    }
    await offerUndoOf(request, saved.review, {
      what: `The rights of ${saved.str} were changed.`,
      href: `${listPath(admin.meta)}${encodeURIComponent(String(saved.id))}/change/`,
    });
    forgetForms(request.session, formPath(admin, id));
    const verb = id === null ? 'added' : 'changed';
    redirect(await tellSaved(request, admin, form, { ...saved, verb }));
  },
);

/** As a dialog beside a field of another form sends it: it goes nowhere, and says which row it is. */
export const saveRelatedAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const admin = modelAdminOr404(form.get('_model'));
    if (!isPlainForm(admin)) throw new Http404();
    const id = form.has('_id') ? await idToChange(request.user, admin, form.get('_id')) : null;
    if (id === null) await requireAdd(request.user, admin);
    const saved = await saveForm(request, withPrefix(admin, RELATED_PREFIX), { id, form });
    if ('state' in saved) return saved.state;
    if ('unread' in saved) {
      const where = 'change it on its own page, where one reads first who.';
      return refusedForm(form, `Somebody gains or loses a right by this: ${where}`);
    }
    return { ...emptyFormState, values: { _saved: String(saved.id), _text: saved.str } };
  },
);

export const deleteAction = staffMemberRequired.action(
  async (request: HttpRequest<User>, form: FormData) => {
    const { user } = request;
    const admin = modelAdminOr404(form.get('_model'));
    const row = await objectOr404(user, admin, form.get('_id'), 'delete');
    if (!form.has('post')) return refusedForm(form);
    if (admin.options.isDeletionGuarded && !isSignInFresh(request)) {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
    }
    const confirmation = readConfirmation(form);
    const asker = { ...request, reason: confirmation.reason };
    const { count, refusals, unread } = await deleteRows(admin, [row.id], asker, confirmation);
    if (unread) {
      const state = unreadForm(form, unread);
      // Draws the page anew, with the review as it is now.
      formAnswer.give({ kind: 'edit', state });
      return state;
    }
    if (refusals.length > 0) return refusedForm(form, ...refusals);
    if (count === 0) throw new Http404();
    success(
      request,
      `The ${admin.meta.verboseName} “${strOf(admin, row)}” was deleted successfully.`,
    );
    const mayOpen = await hasViewPermission(user, admin);
    redirect(mayOpen ? withFilters(admin, form) : '/admin/');
  },
);

// The page that asks shows the review, made anew.
function unreadForm(form: FormData, { notice, countError }: Unconfirmed): FormState {
  if (countError !== undefined) return refusedField(form, REVIEW_FIELDS.count, countError);
  return refusedForm(form, notice ?? NOT_AS_READ);
}

async function idToChange(user: User, admin: ModelAdmin, sent: unknown): Promise<RowId> {
  if (await mayChangeEach(user, admin)) return idOr404(admin, sent);
  const row = await objectOr404(user, admin, sent);
  if (!(await hasChangePermission(user, admin, row))) throw permissionDenied(admin, 'change');
  return row.id;
}

function idOr404({ meta }: ModelAdmin, sent: unknown): RowId {
  const id = typeof sent === 'string' ? parseRowId(sent, meta) : null;
  if (id === null) throw new Http404();
  return id;
}

async function requireAdd(user: User, admin: ModelAdmin): Promise<void> {
  if (admin.options.hasOwnAddPage) throw new Http404();
  if (!(await hasAddPermission(user, admin))) throw permissionDenied(admin, 'add');
}
