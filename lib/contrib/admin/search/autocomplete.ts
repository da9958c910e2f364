import { namedRows } from '@/lib/contrib/admin/form/choices';
import { listCondition } from '@/lib/contrib/admin/list/list-condition';
import { parseListQuery } from '@/lib/contrib/admin/list/list-query';
import { listRows } from '@/lib/contrib/admin/list/plan';
import { fieldByFormName, modelMeta } from '@/lib/contrib/admin/meta';
import { hasViewPermission, permissionDenied } from '@/lib/contrib/admin/model-permissions';
import type { AdminUser, ModelAdmin } from '@/lib/contrib/admin/options';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { db } from '@/lib/db/client';
import { searchError } from './search';

/**
 * What the search of a field answers, in Django's own form.
 * Django: contrib/admin/views/autocomplete.py AutocompleteJsonView
 */
export type AutocompleteAnswer = {
  results: { id: string; text: string }[];
  pagination: { more: boolean };
};

/** Which field asks, by its names in an address, and for what. */
export type AutocompleteQuery = { fieldName: string; term: string; page: number };

const RESULTS_PER_PAGE = 20;

/**
 * The rows that a field of the model may name and that a search finds, a page of twenty at a time.
 * Throws PermissionDenied for a field that is not searched for so, and for who may not see such
 * rows; SuspiciousOperation for a search that is none.
 * Django: AutocompleteJsonView.get, process_request
 */
export async function autocomplete(
  admin: ModelAdmin,
  user: AdminUser,
  { fieldName, term, page }: AutocompleteQuery,
): Promise<AutocompleteAnswer> {
  const field = fieldByFormName(admin.meta, fieldName);
  const isSearched = field && admin.options.autocompleteFields?.includes(field.name);
  const target =
    isSearched && field.kind === 'foreignKey' ? admin.site.find(field.to.key ?? '') : null;
  if (field?.kind !== 'foreignKey' || !target) throw permissionDenied(admin, 'view');
  if (!(await hasViewPermission(user, target))) throw permissionDenied(target, 'view');
  const error = searchError(term);
  if (error !== null) throw new SuspiciousOperation(error);
  const condition = await listCondition(
    target,
    user,
    parseListQuery(new URLSearchParams({ q: term })),
  );
  const listed = await listRows(target, condition, term);
  const found = await listed.ids([{ field: 'id', isDescending: false }], {
    limit: RESULTS_PER_PAGE + 1,
    offset: (page - 1) * RESULTS_PER_PAGE,
  });
  const ids = found.slice(0, RESULTS_PER_PAGE);
  const named = await namedRows(db, admin, { to: field.to, ids });
  return {
    results: named.map(([id, text]) => ({ id: String(id), text })),
    pagination: { more: found.length > RESULTS_PER_PAGE },
  };
}

/**
 * The screens that a search names by its model: those of the model, or, where it is edited in the forms
 * of others only, what these say of it. Null where there are neither.
 * Django: AutocompleteJsonView.process_request, which takes any model of the project
 */
export function screensSearched(
  site: ModelAdmin['site'] & AllScreens,
  key: string,
): ModelAdmin | null {
  const found = site.find(key);
  const inlines = site.all().flatMap(({ options }) => options.inlines ?? []);
  const searched = inlines
    .filter(({ model }) => model === key)
    .flatMap(({ options }) => options.autocompleteFields ?? []);
  if (searched.length === 0) return found;
  const meta = found?.meta ?? modelMeta(key);
  const own = found?.options.autocompleteFields ?? [];
  return { meta, options: { ...found?.options, autocompleteFields: [...own, ...searched] }, site };
}

type AllScreens = { all(): readonly ModelAdmin[] };
