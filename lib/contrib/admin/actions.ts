import { isPermissionName } from '@/lib/apps/installed';
import {
  type Confirmation,
  type Unconfirmed,
  whyUnread,
} from '@/lib/contrib/auth/rights/confirmation';
import { SuspiciousOperation } from '@/lib/core/exceptions';
import { chunksOf } from '@/lib/db/chunks';
import { db, transaction } from '@/lib/db/client';
import { parseRowId, type RowId } from '@/lib/forms/row-id';
import type { ActionFile, FileAction } from './action/file-action';
import { nameOfKind } from './deletion/kind-names';
import { type ListCondition, listCondition } from './list/list-condition';
import { parseListQuery } from './list/list-query';
import { digestOfIds, idsAmong, selectIds } from './list/selection';
import { IncorrectLookup } from './lookups/incorrect-lookup';
import {
  hasAddPermission,
  hasChangePermission,
  hasDeletePermission,
  hasViewPermission,
  permissionDenied,
} from './model-permissions';
import type {
  ActionOutcome,
  AdminAction,
  AdminRequest,
  AdminUser,
  FileCall,
  ModelAdmin,
  Row,
} from './options';
import { findRows } from './rows';

/** The rows that an action is asked to work on. */
export type Ticked = {
  /** The query of the list they were ticked in. */
  params: URLSearchParams;
  /** Ids as they came; what is none is passed over. */
  ids: readonly string[];
  /** All that the query leaves, on every page, instead. */
  isAcross: boolean;
  /** The `digestOfIds` of all these as the list showed them; null where the form says nothing of it. */
  listed: string | null;
};

type Asking = Pick<AdminAction<RowId>, 'permission' | 'mayTake'>;

/** How many rows one action takes at most: they change in one transaction. */
export const MOST_SELECTED = 2000;

/** The name of the built-in action. Django: contrib/admin/actions.py delete_selected */
export const DELETE_SELECTED = 'delete_selected';

/** An action as the list offers it. */
export type OfferedAction = {
  name: string;
  label: string;
  isDestructive: boolean;
  /** Whether its answer is a file. */
  isFile?: boolean;
};

/**
 * All that the list offers to do with the ticked rows: declared actions, files, then deletion.
 * Django: ModelAdmin.get_action_choices
 */
export async function offeredActions(admin: ModelAdmin, user: AdminUser): Promise<OfferedAction[]> {
  const declared = await actionsFor(admin, user);
  const offered: OfferedAction[] = declared.map(({ name, label }) => ({
    ...{ name, label, isDestructive: false },
  }));
  for (const action of admin.options.fileActions ?? []) {
    const { name, label } = action;
    if (!(await mayTake(admin, action, user))) continue;
    offered.push({ name, label, isDestructive: false, isFile: true });
  }
  if (!(await hasDeletePermission(user, admin))) return offered;
  return [...offered, { name: DELETE_SELECTED, label: 'Delete', isDestructive: true }];
}

/**
 * The declared actions that the user may take.
 * Django: ModelAdmin.get_actions, _filter_actions_by_permissions
 */
export async function actionsFor(
  admin: ModelAdmin,
  user: AdminUser,
): Promise<AdminAction<RowId>[]> {
  const offered: AdminAction<RowId>[] = [];
  for (const action of admin.options.actions ?? []) {
    if (await mayTake(admin, action, user)) offered.push(action);
  }
  return offered;
}

/**
 * The ids of the rows that are meant: those ticked which the query leaves and the user may see, or
 * all of these. None, but why, when there are more than `MOST_SELECTED`, and when all are meant and
 * others are there than those that were listed. Throws SuspiciousOperation for a query that the list
 * itself would not have answered.
 * Django: ModelAdmin.response_action
 */
export async function selectedIds(
  admin: ModelAdmin,
  user: AdminUser,
  { params, ids, isAcross, listed }: Ticked,
): Promise<RowId[] | 'too many' | 'changed'> {
  const { where } = await askedFor(admin, user, params);
  if (isAcross) {
    const all = await selectIds(admin, { where, limit: MOST_SELECTED + 1 });
    if (all.length > MOST_SELECTED) return 'too many';
    return listed === null || digestOfIds(all) === listed ? all : 'changed';
  }
  const wanted = [...new Set(ids.flatMap((id) => parseRowId(id, admin.meta) ?? []))];
  if (wanted.length > MOST_SELECTED) return 'too many';
  const found = [];
  for (const chunk of chunksOf(wanted)) found.push(...(await idsAmong(admin, where, chunk)));
  return found;
}

/** Who asks for an action on which rows, and what they say of its review, if a form asks. */
type Asked = {
  request: AdminRequest;
  ids: readonly RowId[];
  isFresh: boolean;
  chosen?: string;
  /** What the form of the action said, if it has one. */
  values?: unknown;
  confirmation?: Confirmation;
};

/** What came of it. Nothing was written unless it is done. */
export type Taken =
  | { kind: 'done'; outcome: ActionOutcome }
  /** Somebody gains or loses something by it, which is to be read first. */
  | { kind: 'unread'; unread: Unconfirmed; ids: RowId[] }
  /** It gives a right, and the sign-in is old. */
  | { kind: 'stale sign-in'; ids: RowId[] };

/**
 * Take a declared action on rows that the user may see. Rows for which they lack the permission are
 * left out, which the outcome says. Throws PermissionDenied without the permission as such.
 * Django: ModelAdmin.response_action
 */
export async function takeAction(
  admin: ModelAdmin,
  action: AdminAction<RowId>,
  call: Asked,
): Promise<Taken> {
  const { request, confirmation, chosen, values } = call;
  const { ids, note } = await permitted(admin, action, call);
  if (ids.length === 0) return { kind: 'done', outcome: { level: 'warning', text: note } };
  const taken = await transaction(async (tx): Promise<Taken> => {
    const asked = { request, ids, tx, values, ...(chosen !== undefined && { chosen }) };
    const review = (confirmation && (await action.review?.(asked))) ?? null;
    const unread = whyUnread(review, confirmation);
    if (unread) return { kind: 'unread', unread, ids };
    if (action.isGrant && !call.isFresh) return { kind: 'stale sign-in', ids };
    return { kind: 'done', outcome: await action.run(asked) };
  });
  if (taken.kind !== 'done' || note === '') return taken;
  const { outcome } = taken;
  return {
    kind: 'done',
    outcome: { ...outcome, level: 'warning', text: `${outcome.text} ${note}` },
  };
}

/**
 * The file that an action answers with, of the rows for which the user has its permission, and how many
 * were left out; null for none. Throws PermissionDenied without the permission as such.
 * Django: ModelAdmin.response_action of an action that returns a response
 */
export async function takeFileAction(
  admin: ModelAdmin,
  action: FileAction<FileCall>,
  call: { request: AdminRequest; ids: readonly RowId[] },
): Promise<{ file: ActionFile | null; note: string }> {
  const { request } = call;
  const { ids, note } = await permitted(admin, action, call);
  return { file: ids.length > 0 ? await action.file({ admin, request, ids }) : null, note };
}

/** The rows for which the user has the permission of an action, and what is said of the others. */
async function permitted(
  admin: ModelAdmin,
  action: Asking,
  call: Pick<Asked, 'request' | 'ids'>,
): Promise<{ ids: RowId[]; note: string }> {
  if (!(await mayTake(admin, action, call.request.user))) {
    throw permissionDenied(admin, action.permission);
  }
  const ids = isAskedByRow(admin, action) ? await permittedIds(admin, action, call) : [...call.ids];
  const leftOut = call.ids.length - ids.length;
  return { ids, note: leftOut > 0 ? leftOutText(admin, action, leftOut) : '' };
}

// Without a declared rule about single rows, who may do it to the model may do it to each.
function isAskedByRow({ options }: ModelAdmin, { permission }: Asking): boolean {
  switch (permission) {
    case 'change':
      return options.hasChangePermission !== undefined;
    case 'delete':
      return options.hasDeletePermission !== undefined;
    case 'view':
      return options.hasViewPermission !== undefined || options.hasChangePermission !== undefined;
    default:
      return false;
  }
}

async function permittedIds(
  admin: ModelAdmin,
  action: Asking,
  { request, ids }: { request: AdminRequest; ids: readonly RowId[] },
): Promise<RowId[]> {
  const permitted: RowId[] = [];
  for (const row of await findRows(db, admin.meta, ids)) {
    if (await mayTake(admin, action, request.user, row)) permitted.push(row.id);
  }
  return permitted;
}

async function askedFor(
  admin: ModelAdmin,
  user: AdminUser,
  params: URLSearchParams,
): Promise<ListCondition> {
  try {
    const condition = await listCondition(admin, user, parseListQuery(params));
    if (condition.searchError === null) return condition;
  } catch (error) {
    if (!(error instanceof IncorrectLookup)) throw error;
  }
  // Left aside, as the page does, the filter would let the action loose on everything.
  throw new SuspiciousOperation('No list was shown for this query.');
}

async function mayTake(
  admin: ModelAdmin,
  action: Asking,
  user: AdminUser,
  row?: Row,
): Promise<boolean> {
  const may = await holdsFor(admin, action, user, row);
  return may && ((await action.mayTake?.(user)) ?? true);
}

function holdsFor(
  admin: ModelAdmin,
  { permission }: Asking,
  user: AdminUser,
  row?: Row,
): Promise<boolean> {
  switch (permission) {
    case 'add':
      return hasAddPermission(user, admin);
    case 'change':
      return hasChangePermission(user, admin, row);
    case 'delete':
      return hasDeletePermission(user, admin, row);
    case 'view':
      return hasViewPermission(user, admin, row);
    default:
      return holdsCustom(admin, permission, user);
  }
}

async function holdsCustom({ meta }: ModelAdmin, permission: string, user: AdminUser) {
  const perm = `${meta.appLabel}.${permission}_${meta.modelName}`;
  return isPermissionName(perm) && user.hasPerm(perm);
}

function leftOutText({ meta }: ModelAdmin, { permission }: Asking, count: number): string {
  const kind = nameOfKind(meta.prismaName, count);
  return `${count} ${kind} ${count === 1 ? 'was' : 'were'} left out: you may not ${permission} ${count === 1 ? 'it' : 'them'}.`;
}
