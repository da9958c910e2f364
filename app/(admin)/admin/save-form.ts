import { conflictWords } from '@/lib/contrib/admin/form/conflict-words';
import { editableFields } from '@/lib/contrib/admin/form/form-fields';
import { saveObject } from '@/lib/contrib/admin/form/save';
import type { Change, ModelAdmin } from '@/lib/contrib/admin/options';
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

type Wanted = { id: RowId | null; form: FormData };
type Saved = { id: RowId; str: string; note?: string } | { state: FormState };

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
    return { state: keepChoices(admin, wanted.form, state) };
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
  let change: (Change & { id: RowId }) | undefined;
  const written = (done: Change & { id: RowId }) => {
    change = done;
  };
  let saved = await saveObject(admin, request, { ...wanted, isFresh, written });
  if (saved.kind === 'stale sign-in') {
    const refused = await confirmIdentity(request, form);
    if (refused) return { state: keepChoices(admin, form, refused) };
    saved = await saveObject(admin, request, { ...wanted, isFresh: true, written });
  }
  switch (saved.kind) {
    case 'saved': {
      const done = { when: new Date(), origin };
      const about = change;
      if (about) after(() => admin.options.committed?.(about, done));
      return saved;
    }
    case 'refused':
      return { state: refusedObjectForm(admin, form, saved.errors) };
    case 'conflict': {
      const seen = await adminSeenBy(admin, request.user);
      const words = await conflictWords(seen, saved.conflict, saved.row);
      const state = refusedObjectForm(admin, form, { '': words });
      return { state: { ...state, values: { ...state.values, _version: saved.version } } };
    }
    default:
      throw new Http404();
  }
}

function refusedObjectForm(
  admin: ModelAdmin,
  form: FormData,
  { '': formErrors = [], ...fieldErrors }: FieldErrors,
): FormState {
  return { ...keepChoices(admin, form, refusedForm(form, ...formErrors)), fieldErrors };
}

// Of a field with several values all are kept, with commas between them.
function keepChoices(admin: ModelAdmin, form: FormData, state: FormState): FormState {
  const lists = editableFields(admin).flatMap(({ kind, formName }) =>
    kind === 'manyToMany' ? [[formName, form.getAll(formName).join(',')] as const] : [],
  );
  return { ...state, values: { ...state.values, ...Object.fromEntries(lists) } };
}
