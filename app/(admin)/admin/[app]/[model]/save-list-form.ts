import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import { listConflictWords } from '@/lib/contrib/admin/form/conflict-words';
import type { Told } from '@/lib/contrib/admin/form/save';
import { isListEditable } from '@/lib/contrib/admin/list/editable/edit-screens';
import { type SavedList, saveList } from '@/lib/contrib/admin/list/editable/save-list';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { adminSeenBy } from '@/lib/contrib/admin/private-names';
import { confirmIdentity, isSignInFresh } from '@/lib/contrib/auth/confirmations/step-up';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import { Http404 } from '@/lib/core/exceptions';
import { type FormState, refusedForm } from '@/lib/forms/forms';
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
  const save = (isFresh: boolean) => saveList(admin, request, { form, isFresh, written });
  try {
    let saved = await save(isSignInFresh(request));
    if (saved.kind === 'stale sign-in') {
      const refused = await confirmIdentity(request, form);
      if (refused) return refused;
      saved = await save(true);
    }
    return await stateOf(request, admin, form, saved);
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
    return null;
  }
  if (saved.kind === 'refused') {
    const { '': formErrors = [], ...fieldErrors } = saved.errors;
    return { ...refusedForm(form, ...formErrors), fieldErrors };
  }
  if (saved.kind !== 'conflict') throw new Http404();
  const seen = await adminSeenBy(admin, request.user);
  const words = await listConflictWords(seen, saved.rows);
  const state = refusedForm(form, ...words);
  const versions = saved.rows.map(({ prefix, version, row }) =>
    row ? [`${prefix}-_version`, version] : [`${prefix}-id`, ''],
  );
  return { ...state, values: { ...state.values, ...Object.fromEntries(versions) } };
}

type Done = Extract<SavedList, { kind: 'saved' }>;

function tell(request: HttpRequest<User>, { meta }: ModelAdmin, { count, notes }: Done): void {
  if (count === 0) return;
  const kind = nameOfKind(meta.prismaName, count);
  const verb = count === 1 ? 'was' : 'were';
  const told = [`${count} ${kind} ${verb} changed successfully.`, ...notes].join(' ');
  success(request, told);
}
