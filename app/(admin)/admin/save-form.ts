import { comesFromReview } from '@/app/(admin)/admin/[app]/[model]/[id]/form-answer';
import { conflictWords } from '@/lib/contrib/admin/form/conflict-words';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { saveObject, type Told } from '@/lib/contrib/admin/form/save';
import {
  afterConflicts,
  severalOfLines,
  withOneMore,
} from '@/lib/contrib/admin/inlines/refused-lines';
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
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import {
  type Confirmation,
  readConfirmation,
  type Unconfirmed,
} from '@/lib/contrib/auth/rights/confirmation';
import type { RightsReview } from '@/lib/contrib/auth/rights/review';
import { Http404 } from '@/lib/core/exceptions';
import { type FormState, refusedForm } from '@/lib/forms/forms';
import type { RowId } from '@/lib/forms/row-id';
import { canAnswerWithPage } from '@/lib/http/page-answer';
import { unavailableForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

type Wanted = { id: RowId | null; form: FormData; isCopy?: boolean };
/** A row that was saved, and what it did to whose rights. */
export type Done = { id: RowId; str: string; note?: string; review?: RightsReview };

/** What somebody is to read first, and the proof of who they are that has to come with it. */
type Unread = { unread: Unconfirmed; isProofAsked: boolean; proofError: string | undefined };

type Saved = Done | Unread | { state: FormState };

/**
 * The form to be shown again with one more line, if its button for that was pressed; else null. Nothing
 * is looked at yet.
 */
export async function formWithOneMore(
  { user }: HttpRequest<User>,
  admin: ModelAdmin,
  wanted: Wanted,
): Promise<FormState | null> {
  const values = await withOneMore(admin, user, wanted);
  if (!values) return null;
  const state = await keepChoices(user, admin, wanted, refusedForm(wanted.form));
  return { ...state, values: { ...state.values, ...values } };
}

/**
 * Save the form of an object, asking for one's password where it gives a right and the sign-in is
 * old; whoever it concerns is told after the answer. What is not saved comes back as the form to be
 * shown again. Throws Http404 for a row that is gone.
 */
export async function saveForm(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  wanted: Wanted,
): Promise<Saved> {
  try {
    return await trySaving(request, admin, wanted);
  } catch (error) {
    const state = unavailableForm(error, wanted.form);
    if (!state) throw error;
    return { state: await keepChoices(request.user, admin, wanted, state) };
  }
}

async function trySaving(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  wanted: Wanted,
): Promise<Saved> {
  const { form } = wanted;
  let isFresh = isSignInFresh(request);
  let proofError: string | undefined;
  const origin = siteOrigin(request);
  const done = () => ({ when: new Date(), origin });
  const written: Told = (change, of) => after(() => of.options.committed?.(change, done()));
  const confirmation = readConfirmation(form);
  const asker = { ...request, reason: confirmation.reason };
  // Where nothing can be shown first, nothing can be read.
  const isShown = canAnswerWithPage();
  const save = (answer: Confirmation) =>
    saveObject(admin, asker, {
      ...wanted,
      isFresh,
      written,
      ...(isShown && { confirmation: answer }),
    });
  let saved = await save(confirmation);
  const isProofWanted =
    saved.kind === 'stale sign-in' ||
    (saved.kind === 'unread' && saved.isGrant && !isFresh && isProofGiven(form));
  if (isProofWanted) {
    const refused = await confirmIdentity(request, form);
    if (refused && !comesFromReview(form)) {
      return { state: await keepChoices(request.user, admin, wanted, refused) };
    }
    isFresh = refused === null;
    proofError = refused ? confirmationError(refused) : undefined;
    // Who has not shown who they are reads it once more.
    if (saved.kind === 'stale sign-in') {
      saved = await save(refused ? { ...confirmation, digest: null } : confirmation);
    }
  }
  switch (saved.kind) {
    case 'saved':
      return saved;
    case 'unread': {
      const unread = await unreadSeenBy(request.user, saved);
      return { unread, isProofAsked: saved.isGrant && !isFresh, proofError };
    }
    case 'refused':
      return { state: await refusedObjectForm(request.user, admin, wanted, saved.errors) };
    case 'conflict': {
      const seen = await adminSeenBy(admin, request.user);
      const words = await conflictWords(seen, saved.conflict, saved.row, saved.lines);
      const state = await refusedObjectForm(request.user, admin, wanted, { '': words });
      const now = { _version: saved.version, ...afterConflicts(saved.lines) };
      return { state: { ...state, values: { ...state.values, ...now } } };
    }
    default:
      throw new Http404();
  }
}

/** The form as it was sent, to be changed again, from the review of what it does. */
export async function formToEdit(
  { user }: HttpRequest<User>,
  admin: ModelAdmin,
  wanted: Wanted,
): Promise<FormState> {
  return keepChoices(user, admin, wanted, refusedForm(wanted.form));
}

async function refusedObjectForm(
  user: User,
  admin: ModelAdmin,
  wanted: Wanted,
  { '': formErrors = [], ...fieldErrors }: FieldErrors,
): Promise<FormState> {
  const state = refusedForm(wanted.form, ...formErrors);
  return { ...(await keepChoices(user, admin, wanted, state)), fieldErrors };
}

// Of a field with several values all are kept, with commas between them.
async function keepChoices(
  user: User,
  admin: ModelAdmin,
  { form }: Wanted,
  state: FormState,
): Promise<FormState> {
  const lists = editableFields(admin).flatMap(({ kind, formName }) =>
    kind === 'manyToMany' ? [[formName, form.getAll(formName).join(',')] as const] : [],
  );
  const ofLines = await severalOfLines(admin, user, form);
  return { ...state, values: { ...state.values, ...Object.fromEntries(lists), ...ofLines } };
}
