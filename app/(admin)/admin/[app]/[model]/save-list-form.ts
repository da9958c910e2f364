import {
  carriedFields,
  comesFromReview,
  formAnswer,
} from '@/app/(admin)/admin/[app]/[model]/[id]/form-answer';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import { listConflictWords } from '@/lib/contrib/admin/form/conflict-words';
import type { Told } from '@/lib/contrib/admin/form/save';
import { isListEditable } from '@/lib/contrib/admin/list/editable/edit-screens';
import { type SavedList, saveList } from '@/lib/contrib/admin/list/editable/save-list';
import { listPath } from '@/lib/contrib/admin/list/list-address';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { unreadSeenBy } from '@/lib/contrib/auth/admin/rights/seen-by';
import {
  confirmationError,
  confirmIdentity,
  isProofGiven,
  isSignInFresh,
} from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { type Confirmation, readConfirmation } from '@/lib/contrib/auth/rights/confirmation';
import { offerUndoOf } from '@/lib/contrib/auth/rights/undo-offer';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { type FormState, refusedForm } from '@/lib/forms/forms';
import { canAnswerWithPage } from '@/lib/http/page-answer';
import { unavailableForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

/**
 * Save what the form of a list says of its rows, and tell how many were changed: null then, else the
 * form to be shown again. Throws Http404 for a list that is not changed itself.
 * Django: ModelAdmin.changelist_view
 */
export async function saveListForm(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  form: FormData,
): Promise<FormState | null> {
  if (!isListEditable(admin)) throw new Http404();
  const origin = siteOrigin(request);
  const written: Told = (change, of) =>
    after(() => of.options.committed?.(change, { when: new Date(), origin }));
  const confirmation = readConfirmation(form);
  const asker = { ...request, reason: confirmation.reason };
  // Where nothing can be shown first, nothing can be read.
  const isShown = canAnswerWithPage();
  const save = (isFresh: boolean, said: Confirmation) =>
    saveList(admin, asker, { form, isFresh, written, ...(isShown && { confirmation: said }) });
  try {
    let isFresh = isSignInFresh(request);
    let proofError: string | undefined;
    let saved = await save(isFresh, confirmation);
    const isProofWanted =
      saved.kind === 'stale sign-in' ||
      (saved.kind === 'unread' && saved.isGrant && !isFresh && isProofGiven(form));
    if (isProofWanted) {
      const refused = await confirmIdentity(request, form);
      if (refused && !comesFromReview(form)) return refused;
      isFresh = refused === null;
      proofError = refused ? confirmationError(refused) : undefined;
      // Who has not shown who they are reads it once more.
      if (saved.kind === 'stale sign-in') {
        saved = await save(isFresh, refused ? { ...confirmation, digest: null } : confirmation);
      }
    }
    if (saved.kind !== 'unread') return await stateOf(request, admin, form, saved);
    const unread = await unreadSeenBy(request.user, saved);
    formAnswer.give({
      kind: 'review',
      fields: carriedFields(form),
      reason: confirmation.reason,
      unread,
      isProofAsked: saved.isGrant && !isFresh,
      proofError,
    });
    return refusedForm(form);
  } catch (error) {
    const state = unavailableForm(error, form);
    if (!state) throw error;
    return state;
  }
}

async function stateOf(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  form: FormData,
  saved: SavedList,
): Promise<FormState | null> {
  if (saved.kind === 'saved') {
    tell(request, admin, saved);
    await offerUndoOf(request, saved.review, {
      what: `The rights of ${saved.count} ${nameOfKind(admin.meta.prismaName, saved.count)} were changed.`,
      href: listPath(admin.meta),
    });
    return null;
  }
  if (saved.kind === 'refused') {
    const { '': formErrors = [], ...fieldErrors } = saved.errors;
    const state = { ...refusedForm(form, ...formErrors), fieldErrors };
    if (comesFromReview(form)) formAnswer.give({ kind: 'edit', state });
    return state;
  }
  if (saved.kind !== 'conflict') throw new Http404();
  const seen = await adminSeenBy(admin, request.user);
  const words = await listConflictWords(seen, saved.rows);
  const state = refusedForm(form, ...words);
  const versions = saved.rows.map(({ prefix, version, row }) =>
    row ? [`${prefix}-_version`, version] : [`${prefix}-id`, ''],
  );
  const again = { ...state, values: { ...state.values, ...Object.fromEntries(versions) } };
  if (comesFromReview(form)) formAnswer.give({ kind: 'edit', state: again });
  return again;
}

type Done = Extract<SavedList, { kind: 'saved' }>;

function tell(request: HttpRequest<User>, { meta }: ModelAdmin, { count, notes }: Done): void {
  if (count === 0) return;
  const kind = nameOfKind(meta.prismaName, count);
  const verb = count === 1 ? 'was' : 'were';
  const told = [`${count} ${kind} ${verb} changed successfully.`, ...notes].join(' ');
  success(request, told);
}
