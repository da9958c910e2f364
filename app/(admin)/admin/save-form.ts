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
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import type { FieldErrors } from '@/lib/contrib/auth/permissions/account-rules';
import { Http404 } from '@/lib/core/exceptions';
import { type FormState, refusedForm } from '@/lib/forms/forms';
import type { RowId } from '@/lib/forms/row-id';
import { unavailableForm } from '@/lib/http/refused-form';
import type { HttpRequest } from '@/lib/http/request';
import { siteOrigin } from '@/lib/http/site-origin';
import { after } from '@/lib/http/source/current-source';

type Wanted = { id: RowId | null; form: FormData; isCopy?: boolean };
type Saved = { id: RowId; str: string; note?: string } | { state: FormState };

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
  const isFresh = isSignInFresh(request);
  const origin = siteOrigin(request);
  const done = () => ({ when: new Date(), origin });
  const written: Told = (change, of) => after(() => of.options.committed?.(change, done()));
  let saved = await saveObject(admin, request, { ...wanted, isFresh, written });
  if (saved.kind === 'stale sign-in') {
    const refused = await confirmIdentity(request, form);
    if (refused) return { state: await keepChoices(request.user, admin, wanted, refused) };
    saved = await saveObject(admin, request, { ...wanted, isFresh: true, written });
  }
  switch (saved.kind) {
    case 'saved':
      return saved;
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
