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
import {
  type Confirmation,
  readConfirmation,
  type Unconfirmed,
} from '@/lib/contrib/auth/rights/confirmation';
import { emptyFormState, type FormState, parseForm, refusedForm } from '@/lib/forms/forms';
import type { RowId } from '@/lib/forms/row-id';

type Named = Pick<AdminAction<RowId>, 'name' | 'label'>;

type Choices = readonly (readonly [id: number, text: string])[];

/** What was wrong with what somebody said of a review. */
type Answer = Partial<Omit<Unconfirmed, 'review'>>;

/** What came of a form that the change list sent. */
export type ListAnswer =
  | { kind: 'told'; outcome: ActionOutcome; isDeleted: boolean; action?: Named }
  /** Is it meant? `ids` are the rows that will go. */
  | ({ kind: 'asked'; deletion: Deletion; ids: RowId[] } & Answer)
  /** Somebody gains or loses something by it, which is to be read first. */
  | {
      kind: 'unread';
      action: Pick<AdminAction<RowId>, 'name' | 'label' | 'isGrant'>;
      ids: RowId[];
      chosen: string;
      unread: Unconfirmed;
    }
  /** Something has to be chosen first. */
  | { kind: 'choose'; action: Named; ids: RowId[]; label: string; choices: Choices }
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
  | { kind: 'stale sign-in'; action: Named; ids: RowId[]; chosen: string };

type Sent = {
  form: FormData;
  isFresh: boolean;
  /** Whether a page can show what is to be read first. */
  isShown?: boolean;
};

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
  { form, isFresh, isShown = true }: Sent,
): Promise<ListAnswer> {
  const name = textOf(form, 'action');
  const action = (await actionsFor(admin, request.user)).find((each) => each.name === name);
  const isDeletion = name === DELETE_SELECTED && (await hasDeletePermission(request.user, admin));
  if (!action && !isDeletion) return warn('No action selected.');
  const ids = await tickedIds(admin, request, form);
  if (typeof ids === 'string') return warn(ids);
  if (action?.form) return askedFirst(admin, request, { action, form, ids, isFresh });
  const confirmation = readConfirmation(form);
  if (!action) {
    const isMeant = textOf(form, 'post') !== '';
    return deleteSelected(admin, request, { ids, isMeant, isFresh, confirmation });
  }
  const chosen = textOf(form, '_chosen');
  if (action.asks && chosen === '') {
    const choices = await action.asks.choices(request.user);
    if (choices.length === 0)
      return warn('There is nothing to choose from. Nothing has been done.');
    return { kind: 'choose', action, ids, label: action.asks.label, choices };
  }
  const call = { request, ids, isFresh, chosen, ...(isShown && { confirmation }) };
  const taken = await takeAction(admin, action, call);
  return taken.kind === 'done' ? told(taken.outcome, action) : { ...taken, action, chosen };
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
  const asking = { request, ids, isFresh, values: parsed.data };
  const taken = await takeAction(admin, action, asking);
  if (taken.kind !== 'done') throw new TypeError(`${action.name} has a form, and so no review.`);
  return told(taken.outcome, action);
}

type Doomed = { ids: RowId[]; isMeant: boolean; isFresh: boolean; confirmation: Confirmation };

async function deleteSelected(
  admin: ModelAdmin,
  request: AdminRequest,
  { ids, isMeant, isFresh, confirmation }: Doomed,
): Promise<ListAnswer> {
  if (!isMeant) {
    return { kind: 'asked', deletion: await collectDeletion(admin, ids, request.user), ids };
  }
  if (admin.options.isDeletionGuarded && !isFresh) {
    return {
      kind: 'stale sign-in',
      action: { name: DELETE_SELECTED, label: 'Delete' },
      ids,
      chosen: '',
    };
  }
  const { count, refusals, unread } = await deleteRows(admin, ids, request, confirmation);
  if (unread) {
    const deletion = await collectDeletion(admin, ids, request.user);
    const { review: _, ...answer } = unread;
    return { kind: 'asked', deletion, ids, ...answer };
  }
  if (refusals.length > 0) return told({ level: 'error', text: refusals.join(' ') });
  const kind = nameOfKind(admin.meta.prismaName, count);
  const text = `Successfully deleted ${count.toLocaleString('en')} ${kind}.`;
  return { kind: 'told', outcome: { level: 'success', text }, isDeleted: true };
}

function textOf(form: FormData, name: string): string {
  const value = form.getAll(name).findLast((each) => each !== '');
  return typeof value === 'string' ? value : '';
}

function told(outcome: ActionOutcome, action?: Named): ListAnswer {
  return { kind: 'told', outcome, isDeleted: false, ...(action && { action }) };
}

function warn(text: string): ListAnswer {
  return told({ level: 'warning', text });
}
