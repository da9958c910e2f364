import { type AskedForm, askedFormOf } from '@/lib/contrib/admin/action/with-form';
import {
  actionsFor,
  DELETE_SELECTED,
  MOST_SELECTED,
  selectedIds,
  takeAction,
} from '@/lib/contrib/admin/actions';
import { collectDeletion, type Deletion, deleteRows } from '@/lib/contrib/admin/deletion/deletion';
import { nameOfKind } from '@/lib/contrib/admin/deletion/kind-names';
import { hasDeletePermission } from '@/lib/contrib/admin/model-permissions';
import type {
  ActionOutcome,
  AdminAction,
  AdminRequest,
  ModelAdmin,
} from '@/lib/contrib/admin/options';
import { emptyFormState, type FormState, parseForm, refusedForm } from '@/lib/forms/forms';
import type { RowId } from '@/lib/forms/row-id';

/** What came of a form that the change list sent. */
export type ListAnswer =
  | { kind: 'told'; outcome: ActionOutcome; isDeleted: boolean }
  /** Is it meant? `ids` are the rows that will go. */
  | { kind: 'asked'; deletion: Deletion; ids: RowId[] }
  /** What the action wants to know first, as its form was filled or refused. Nothing was done. */
  | {
      kind: 'form';
      action: Pick<AdminAction<RowId>, 'name' | 'label'>;
      asked: AskedForm;
      state: FormState;
      ids: RowId[];
      /** Whether who one is has to be shown with it. */
      isStale: boolean;
    }
  /** It gives a right, or deletes what guards somebody, and the sign-in is old. Nothing was done. */
  | { kind: 'stale sign-in'; action: Pick<AdminAction<RowId>, 'name' | 'label'>; ids: RowId[] };

/**
 * Do what the form of a change list asks: the action `action` on the rows `_selected_action`, or with
 * `select_across` on all that its query leaves, if these are still those of `_listed`. `delete_selected` asks first, unless the form says
 * `post`; an action that gives a right, and a deletion that is guarded, ask for a sign-in that
 * `isFresh`. Throws as `selectedIds`, `takeAction` and `deleteRows`. Ask `hasViewPermission` first.
 * Django: ModelAdmin.changelist_view, response_action; contrib/admin/actions.py
 */
export async function answerListPost(
  admin: ModelAdmin,
  request: AdminRequest,
  { form, isFresh }: { form: FormData; isFresh: boolean },
): Promise<ListAnswer> {
  const name = textOf(form, 'action');
  const action = (await actionsFor(admin, request.user)).find((each) => each.name === name);
  const isDeletion = name === DELETE_SELECTED && (await hasDeletePermission(request.user, admin));
  if (!action && !isDeletion) return warn('No action selected.');
  const ids = await tickedIds(admin, request, form);
  if (typeof ids === 'string') return warn(ids);
  if (action?.form) return askedFirst(admin, request, { action, form, ids, isFresh });
  if (action?.isGrant && !isFresh) return { kind: 'stale sign-in', action, ids };
  if (action) return told(await takeAction(admin, action, { request, ids }));
  return deleteSelected(admin, request, { ids, isMeant: textOf(form, 'post') !== '', isFresh });
}

/**
 * The ids of the rows that the form of a list ticks, as far as the user may see them, or why there are
 * none. Throws as `selectedIds`.
 */
export async function tickedIds(
  admin: ModelAdmin,
  request: AdminRequest,
  form: FormData,
): Promise<RowId[] | string> {
  const ids = await selectedIds(admin, request.user, {
    params: new URLSearchParams(textOf(form, '_query')),
    ids: form
      .getAll('_selected_action')
      .flatMap((id) => (typeof id === 'string' ? id.split(',') : [])),
    isAcross: !['', '0', 'false', 'False'].includes(textOf(form, 'select_across')),
    listed: form.has('_listed') ? textOf(form, '_listed') : null,
  });
  if (ids === 'changed') {
    return `The list holds other ${nameOfKind(admin.meta.prismaName, 2)} than when you ticked all of it. Nothing has been done: look at it again.`;
  }
  if (ids === 'too many') {
    return `That is more than ${MOST_SELECTED.toLocaleString('en')} ${nameOfKind(admin.meta.prismaName, 2)} at once. Nothing has been changed: filter the list further.`;
  }
  if (ids.length > 0) return ids;
  return 'Items must be selected in order to perform actions on them. No items have been changed.';
}

// Django: the intermediate page of an action, which sends the list's own form again
async function askedFirst(
  admin: ModelAdmin,
  request: AdminRequest,
  call: { action: AdminAction<RowId>; form: FormData; ids: RowId[]; isFresh: boolean },
): Promise<ListAnswer> {
  const { action, form, ids, isFresh } = call;
  const asked = await askedFormOf(action, request.user);
  if (!asked) throw new TypeError(`The action ${action.name} has lost its form.`);
  const isStale = action.isGrant === true && !isFresh;
  const page = { kind: 'form', action, asked, ids, isStale } as const;
  if (textOf(form, 'post') === '') {
    return { ...page, state: { ...emptyFormState, values: asked.filled() } };
  }
  const parsed = parseForm(asked.schema, form);
  if (!parsed.ok) return { ...page, state: parsed.state };
  if (isStale) return { ...page, state: refusedForm(form) };
  return told(await takeAction(admin, action, { request, ids, values: parsed.data }));
}

async function deleteSelected(
  admin: ModelAdmin,
  request: AdminRequest,
  { ids, isMeant, isFresh }: { ids: RowId[]; isMeant: boolean; isFresh: boolean },
): Promise<ListAnswer> {
  if (!isMeant) {
    return { kind: 'asked', deletion: await collectDeletion(admin, ids, request.user), ids };
  }
  if (admin.options.isDeletionGuarded && !isFresh) {
    return { kind: 'stale sign-in', action: { name: DELETE_SELECTED, label: 'Delete' }, ids };
  }
  const { count, refusals } = await deleteRows(admin, ids, request);
  if (refusals.length > 0) return told({ level: 'error', text: refusals.join(' ') });
  const kind = nameOfKind(admin.meta.prismaName, count);
  const text = `Successfully deleted ${count.toLocaleString('en')} ${kind}.`;
  return { kind: 'told', outcome: { level: 'success', text }, isDeleted: true };
}

function textOf(form: FormData, name: string): string {
  const value = form.getAll(name).findLast((each) => each !== '');
  return typeof value === 'string' ? value : '';
}

function told(outcome: ActionOutcome): ListAnswer {
  return { kind: 'told', outcome, isDeleted: false };
}

function warn(text: string): ListAnswer {
  return told({ level: 'warning', text });
}
