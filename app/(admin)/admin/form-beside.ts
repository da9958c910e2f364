import { formPath } from '@/app/(admin)/admin/form-path';
import { formToEdit } from '@/app/(admin)/admin/save-form';
import { findObject } from '@/lib/contrib/admin/form/snapshot';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import { BESIDE, KEPT } from '@/lib/contrib/admin/related/beside';
import { keepForm } from '@/lib/contrib/admin/related/kept-forms';
import { relatedPlace } from '@/lib/contrib/admin/related/related-place';
import type { User } from '@/lib/contrib/auth/models';
import { type FormState, refusedField, refusedForm } from '@/lib/forms/forms';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import type { HttpRequest } from '@/lib/http/request';

type Wanted = { id: RowId | null; form: FormData };

/**
 * Where to go on, if a button beside a field was pressed: the page of a row that the field names, or of a
 * new one, which leads back to the form as it is. `state` shows the form again where it cannot be left;
 * null where no such button was pressed.
 */
export async function leaveForRelated(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  wanted: Wanted,
): Promise<{ href: string } | { state: FormState } | null> {
  const { form, id } = wanted;
  const [what, name] = String(form.get(BESIDE) ?? '').split(' ');
  if (!form.has(BESIDE)) return null;
  const row = id === null ? null : await findObject(request.user, admin, String(id));
  const place = name ? await relatedPlace(admin, request.user, { name, row }) : null;
  if (!name || !place || !(what === 'add' ? place.links.canAdd : place.links.canChange)) {
    return { state: refusedForm(form, 'This field has nothing to add or change beside it.') };
  }
  const { links, field } = place;
  const chosen = parseRowId(String(form.get(name) ?? '').trim(), field.to);
  if (what !== 'add' && chosen === null) {
    return { state: refusedField(form, name, `Choose the ${links.noun} that you want to change.`) };
  }
  const path = formPath(admin, id);
  const { values } = await formToEdit(request, admin, wanted);
  const kept = keepForm(request.session, path, values);
  if (kept === null) {
    return {
      state: refusedForm(form, 'This form is too long to be kept meanwhile: save it first.'),
    };
  }
  const back = new URLSearchParams({ [KEPT]: kept });
  for (const carried of ['next', '_related', '_changelist_filters']) {
    const value = form.get(carried);
    if (typeof value === 'string') back.set(carried, value);
  }
  const there = what === 'add' ? 'add' : `${encodeURIComponent(String(chosen))}/change`;
  const query = new URLSearchParams({ next: `${path}?${back}`, _related: name });
  return { href: `${links.path}${there}/?${query}` };
}
