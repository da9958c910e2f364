import { listHref } from '@/lib/contrib/admin/list/list-address';
import { hasChangePermission, hasViewPermission } from '@/lib/contrib/admin/model-permissions';
import type { ModelAdmin } from '@/lib/contrib/admin/options';
import type { User } from '@/lib/contrib/auth/models';
import { success } from '@/lib/contrib/messages/api';
import type { RowId } from '@/lib/forms/row-id';
import type { SearchParams } from '@/lib/http/entry-points/views';
import type { HttpRequest } from '@/lib/http/request';
import { getSafeNext } from '@/lib/http/safe-url';

type Done = { id: RowId; str: string; verb: 'added' | 'changed'; note?: string };

/**
 * Tell that an object is saved, and where to go next: its form, a new one, or the list with the
 * filters it was opened from, or the form beside whose field it was added or changed.
 * Django: ModelAdmin.response_add, response_change
 */
export async function tellSaved(
  request: HttpRequest<User>,
  admin: ModelAdmin,
  form: FormData,
  { id, str, verb, note }: Done,
): Promise<string> {
  const { user } = request;
  const { appLabel, modelName, verboseName } = admin.meta;
  const list = `/admin/${appLabel}/${modelName}/`;
  const href = `${list}${encodeURIComponent(String(id))}/change/`;
  const mayOpen = await hasViewPermission(user, admin);
  const tell = (next: string) =>
    success(
      request,
      `The ${verboseName} “${str}” was ${verb} successfully.${note === undefined ? '' : ` ${note}`}${next}`,
      mayOpen ? { text: str, href } : undefined,
    );
  // A copy is opened, as Django's save_as_continue has it.
  if ((form.has('_continue') || form.has('_saveasnew')) && mayOpen) {
    tell((await hasChangePermission(user, admin)) ? ' You may edit it again below.' : '');
    return href;
  }
  if (form.has('_addanother')) {
    tell(` You may add another ${verboseName} below.`);
    return `${list}add/`;
  }
  tell('');
  const next = getSafeNext(request, form);
  if (next !== null) return withRow(next, form.get('_related'), id);
  return mayOpen ? withFilters(admin, form) : '/admin/';
}

/** The list, as it was when the object was opened from it. */
export function withFilters({ meta }: ModelAdmin, form: FormData): string {
  const filters = form.get('_changelist_filters');
  return listHref(meta, new URLSearchParams(typeof filters === 'string' ? filters : '').toString());
}

/** What a form carries along that was opened beside a field of another: where that is, and which field. */
export function wayBack(next: string | null, query: SearchParams): Record<string, string> {
  const related = query['_related'];
  if (next === null) return {};
  return { next, ...(typeof related === 'string' && { _related: related }) };
}

// The field of the form that is gone back to is filled with the row.
function withRow(next: string, field: unknown, id: RowId): string {
  if (typeof field !== 'string' || !/^[\w-]{1,100}$/.test(field)) return next;
  const [address = '', query = ''] = next.split('#')[0]?.split('?') ?? [];
  const params = new URLSearchParams(query);
  params.set(field, String(id));
  return `${address}?${params}`;
}
