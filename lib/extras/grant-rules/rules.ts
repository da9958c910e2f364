import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type { AdminUser, FieldErrors, Values } from '@/lib/contrib/admin/options';
import { type DbClient, db, type TransactionClient } from '@/lib/db/client';
import { erasedHistory } from './erased-history';
import { identityRefusals, type Touched } from './identity';
import { addressErrors, identityErrors } from './identity-changes';
import { namedPermissions, notGrantable, notHeld } from './may-grant';
import { type Account, lockAccounts } from './superusers';
import {
  fewOf,
  lastSuperuser,
  notOneself,
  notOwnPassword,
  notYours,
  notYoursInGroups,
  onlySuperusers,
  someOf,
} from './words';

const FLAGS = ['isActive', 'isStaff', 'isSuperuser'] as const;
const FORM_NAMES = { isActive: 'is_active', isStaff: 'is_staff', isSuperuser: 'is_superuser' };
const WORDS = {
  isActive: 'a live account',
  isStaff: 'staff status',
  isSuperuser: 'superuser status',
};

/**
 * What the rules about privileges have against a change of a user: errors by field name in forms,
 * none if it may be made. `before` is the row, null for a new one; of it only the id counts, the
 * rest is read here as it is now. `next` has new values by field name in TypeScript, `groups` and
 * `userPermissions` as ids; what it leaves out stays. Every superuser is locked until the
 * transaction ends, so nothing may have been changed in it yet.
 * Django: no counterpart; whoever may change users there changes anything
 */
export async function checkUserChange(
  tx: TransactionClient,
  actor: AdminUser,
  before: { readonly id: number } | null,
  next: Values,
): Promise<FieldErrors> {
  if (!isInstalled('grant-rules')) return {};
  const accounts = await lockAccounts(tx, before ? [before.id] : []);
  const account = (before && accounts.get(before.id)) ?? null;
  const lost = {
    ...(account && lastSuperuserErrors(accounts, account, next)),
    ...(await addressErrors(tx, actor, { accounts, account, next })),
  };
  if (isOmnipotent(actor)) return lost;
  if (account?.isSuperuser && settings.CHANGE_SUPERUSER_NEEDS_SUPERUSER) {
    return { '': [onlySuperusers('changes', [account.username])] };
  }
  const errors = { ...lost, ...statusErrors(account, next) };
  const added = await addedTo(tx, account, next);
  if (account?.id === actor.id && settings.REFUSE_RAISING_ONESELF) {
    return { ...errors, ...(await raisingErrors(tx, account, next, added)) };
  }
  const touched = account ? await identityErrors(tx, actor, account, next) : {};
  return { ...errors, ...touched, ...(await grantErrors(tx, actor, added)) };
}

/**
 * The same for a group: `permissionIds` is all that it shall hold, `groupId` null for a new one.
 * Django: no counterpart
 */
export async function checkGroupChange(
  tx: TransactionClient,
  actor: AdminUser,
  groupId: number | null,
  permissionIds: readonly number[],
): Promise<FieldErrors> {
  if (isOmnipotent(actor) || !isInstalled('grant-rules')) return {};
  const held = groupId ? await tx.groupPermission.findMany({ where: { groupId } }) : [];
  const added = without(
    permissionIds,
    held.map(({ permissionId }) => permissionId),
  );
  const permissions = await namedPermissions(added, tx);
  const missing = await notGrantable(actor, permissions, tx);
  if (missing.length > 0) return { permissions: [notYours(missing.map(({ perm }) => perm))] };
  if (groupId === null || !settings.REFUSE_RAISING_ONESELF) return {};
  const isMember = await tx.userGroup.count({ where: { groupId, userId: actor.id } });
  const gained = isMember > 0 ? await notHeld(actor, permissions, tx) : [];
  if (gained.length === 0) return {};
  const perms = gained.map(({ perm }) => perm);
  return {
    permissions: [`Nobody raises themselves: as a member you would gain ${someOf(perms)}.`],
  };
}

/**
 * Why users may not be deleted, in sentences; none if they may. Every superuser is locked until the
 * transaction ends.
 * Django: no counterpart
 */
export async function checkUserDeletion(
  tx: TransactionClient,
  actor: AdminUser,
  ids: readonly number[],
): Promise<string[]> {
  if (!isInstalled('grant-rules')) return [];
  const accounts = await lockAccounts(tx, ids);
  const doomed = ids.flatMap((id) => accounts.get(id) ?? []);
  const superusers = doomed.filter(({ isSuperuser }) => isSuperuser);
  if (!isOmnipotent(actor) && settings.CHANGE_SUPERUSER_NEEDS_SUPERUSER && superusers.length > 0) {
    return [
      onlySuperusers(
        'deletes',
        superusers.map(({ username }) => username),
      ),
    ];
  }
  const refusals = await identityRefusals(actor, doomed, { client: tx, act: 'deletes' });
  const erased = await erasedHistory(tx, actor, doomed);
  if (refusals.size + erased.length > 0) return fewOf([...refusals.values(), ...erased]);
  const active = [...accounts.values()].filter((each) => each.isSuperuser && each.isActive);
  const isAnyLost = active.some(({ id }) => ids.includes(id));
  const isAnyLeft = active.some(({ id }) => !ids.includes(id));
  if (!settings.KEEP_LAST_SUPERUSER || !isAnyLost || isAnyLeft) return [];
  return [lastSuperuser(active.map(({ username }) => username))];
}

/**
 * Why somebody may not set another's password; null if they may. Nobody sets their own here: that
 * takes the old one.
 */
export async function passwordRefusal(
  actor: AdminUser,
  target: Touched,
  client: DbClient = db,
): Promise<string | null> {
  if (target.id === actor.id) return notOwnPassword;
  const asked = { client, act: 'sets the password of' as const };
  return (await identityRefusals(actor, [target], asked)).get(target.id) ?? null;
}

function isOmnipotent({ isActive, isSuperuser }: AdminUser): boolean {
  return isActive && isSuperuser;
}

function lastSuperuserErrors(
  accounts: ReadonlyMap<number, Account>,
  { id, username, isActive, isSuperuser }: Account,
  next: Values,
): FieldErrors {
  const field = (['isSuperuser', 'isActive'] as const).find((name) => next[name] === false);
  const isLost = isActive && isSuperuser && field !== undefined;
  if (!settings.KEEP_LAST_SUPERUSER || !isLost) return {};
  const others = [...accounts.values()].filter((account) => account.id !== id);
  if (others.some((account) => account.isActive && account.isSuperuser)) return {};
  return { [FORM_NAMES[field]]: [lastSuperuser([username])] };
}

function statusErrors(account: Account | null, next: Values): FieldErrors {
  const asked = next['isSuperuser'] ?? false;
  const isChanged = 'isSuperuser' in next && asked !== (account?.isSuperuser ?? false);
  if (!settings.SUPERUSER_STATUS_NEEDS_SUPERUSER || !isChanged) return {};
  return { is_superuser: ['Only a superuser gives or takes superuser status.'] };
}

/** What a change would give: groups and permissions by id. */
type Added = { groups: number[]; userPermissions: number[] };

async function addedTo(
  tx: TransactionClient,
  account: Account | null,
  next: Values,
): Promise<Added> {
  const where = { userId: account?.id ?? 0 };
  const groups = idsIn(next, 'groups');
  const userPermissions = idsIn(next, 'userPermissions');
  const joined = groups.length > 0 ? await tx.userGroup.findMany({ where }) : [];
  const held = userPermissions.length > 0 ? await tx.userPermission.findMany({ where }) : [];
  return {
    groups: without(
      groups,
      joined.map(({ groupId }) => groupId),
    ),
    userPermissions: without(
      userPermissions,
      held.map(({ permissionId }) => permissionId),
    ),
  };
}

async function raisingErrors(
  tx: TransactionClient,
  account: Account,
  next: Values,
  { groups, userPermissions }: Added,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  for (const flag of FLAGS) {
    if (next[flag] === true && !account[flag]) errors[FORM_NAMES[flag]] = [notOneself(WORDS[flag])];
  }
  if (groups.length > 0) {
    const rows = await tx.group.findMany({ where: { id: { in: groups } } });
    const names = rows.map(({ name }) => name);
    errors['groups'] = [
      notOneself(`${names.length > 1 ? 'the groups' : 'the group'} ${someOf(names)}`),
    ];
  }
  if (userPermissions.length > 0) {
    const names = (await namedPermissions(userPermissions, tx)).map(({ perm }) => perm);
    errors['user_permissions'] = [notOneself(someOf(names))];
  }
  return errors;
}

async function grantErrors(
  tx: TransactionClient,
  actor: AdminUser,
  { groups, userPermissions }: Added,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  const missing = await notGrantable(actor, await namedPermissions(userPermissions, tx), tx);
  if (missing.length > 0) errors['user_permissions'] = [notYours(missing.map(({ perm }) => perm))];
  const mightier: { name: string; missing: string[] }[] = [];
  for (const { id, name } of await tx.group.findMany({ where: { id: { in: groups } } })) {
    const lacking = await notGrantable(actor, await permissionsOfGroup(tx, id), tx);
    if (lacking.length > 0) mightier.push({ name, missing: lacking.map(({ perm }) => perm) });
  }
  if (mightier.length > 0) errors['groups'] = [notYoursInGroups(mightier)];
  return errors;
}

async function permissionsOfGroup(tx: TransactionClient, groupId: number) {
  const held = await tx.groupPermission.findMany({ where: { groupId } });
  return namedPermissions(
    held.map(({ permissionId }) => permissionId),
    tx,
  );
}

function idsIn(values: Values, field: string): number[] {
  const ids = values[field];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : [];
}

function without(ids: readonly number[], known: readonly number[]): number[] {
  const has = new Set(known);
  return [...new Set(ids)].filter((id) => !has.has(id));
}
