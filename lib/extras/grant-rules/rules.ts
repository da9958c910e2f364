import type { Viewer } from '@/lib/apps/define-config';
import { isInstalled } from '@/lib/apps/installed';
import { settings } from '@/lib/conf/settings';
import type {
  AskedChange,
  FieldErrors,
  GivenPermission,
  Lookup,
} from '@/lib/contrib/auth/permissions/account-rules';
import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import { loadCatalogue } from '@/lib/contrib/auth/permissions/permission-catalogue';
import type { Account } from '@/lib/contrib/auth/users/accounts';
import { groupsNowOf, groupsOf, ownPermissionsOf } from '@/lib/contrib/auth/users/user-joins';
import { someOf } from '@/lib/core/text';
import type { TransactionClient } from '@/lib/db/client';
import { idsIn } from '@/lib/forms/fields';
import { addressErrors, identityErrors } from './identity-changes';
import { notGrantable, notHeld } from './may-grant';
import { isOmnipotent } from './omnipotent';
import { lastSuperuser, notOneself, notYours, notYoursInGroups, onlySuperusers } from './words';

const FLAGS = ['isActive', 'isStaff', 'isSuperuser'] as const;
const FORM_NAMES = { isActive: 'is_active', isStaff: 'is_staff', isSuperuser: 'is_superuser' };
const WORDS = {
  isActive: 'a live account',
  isStaff: 'staff status',
  isSuperuser: 'superuser status',
};

/**
 * What the rules about privileges have against a change of a user: errors by field name in forms,
 * none if it may be made.
 * Django: no counterpart; whoever may change users there changes anything
 */
export async function userChangeErrors(
  tx: TransactionClient,
  actor: Viewer,
  { accounts, before, next, lookup = databaseLookup(tx) }: AskedChange,
): Promise<FieldErrors> {
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
  const added = await addedTo(tx, before, next);
  if (account?.id === actor.id && settings.REFUSE_RAISING_ONESELF) {
    return { ...errors, ...(await raisingErrors(account, next, added, lookup)) };
  }
  const touched = account ? await identityErrors(tx, actor, account, next) : {};
  return { ...errors, ...touched, ...(await grantErrors(tx, actor, added, lookup)) };
}

/** A change of a group, null for a new one, and what was read for it. */
type AskedGroupChange = {
  group: { readonly id: number; readonly permissions?: unknown } | null;
  permissionIds: readonly number[];
  lookup?: Lookup;
};

/**
 * The same for a group: `permissionIds` is all that it shall hold, `group` null for a new one. What it
 * holds now is read unless it has `permissions`, ids.
 * Django: no counterpart
 */
export async function checkGroupChange(
  tx: TransactionClient,
  actor: Viewer,
  { group, permissionIds, lookup = databaseLookup(tx) }: AskedGroupChange,
): Promise<FieldErrors> {
  if (isOmnipotent(actor) || !isInstalled('grant-rules')) return {};
  const added = without(permissionIds, group ? await heldByGroup(tx, group) : []);
  const groupId = group?.id ?? null;
  const given = await lookup.permissions(added);
  return (await checkGroupGrants(tx, actor, [{ groupId, given }])).get(groupId) ?? {};
}

/**
 * The same for many groups at once, each with the permissions that it would be `given`: errors by
 * group, of those alone that have some. Asks the database no more often than for one.
 * Django: no counterpart
 */
export async function checkGroupGrants<G extends number | null>(
  tx: TransactionClient,
  actor: Viewer,
  groups: readonly { groupId: G; given: readonly GivenPermission[] }[],
): Promise<Map<G, FieldErrors>> {
  const errors = new Map<G, FieldErrors>();
  if (isOmnipotent(actor) || !isInstalled('grant-rules')) return errors;
  const asks = settings.REFUSE_RAISING_ONESELF && groups.some(({ groupId }) => groupId !== null);
  const own = new Set<number | null>(asks ? await groupsNowOf(tx, actor.id) : []);
  const raised = groups.filter(({ groupId }) => own.has(groupId));
  const missing = idsOf(await notGrantable(actor, givenIn(groups), tx));
  const gained = idsOf(await notHeld(actor, givenIn(raised), tx));
  for (const { groupId, given } of groups) {
    const named = (ids: ReadonlySet<number>) =>
      given.filter(({ id }) => ids.has(id)).map(({ perm }) => perm);
    const [refused, raising] = [named(missing), own.has(groupId) ? named(gained) : []];
    const text =
      refused.length > 0
        ? notYours(refused)
        : `Nobody raises themselves: as a member you would gain ${someOf(raising)}.`;
    if (refused.length + raising.length > 0) errors.set(groupId, { permissions: [text] });
  }
  return errors;
}

function givenIn(groups: readonly { given: readonly GivenPermission[] }[]): GivenPermission[] {
  const all = groups.flatMap(({ given }) => given);
  return [...new Map(all.map((permission) => [permission.id, permission])).values()];
}

function idsOf(permissions: readonly GivenPermission[]): ReadonlySet<number> {
  return new Set(permissions.map(({ id }) => id));
}

function lastSuperuserErrors(
  accounts: ReadonlyMap<number, Account>,
  { id, username, isActive, isSuperuser }: Account,
  next: AskedChange['next'],
): FieldErrors {
  const field = (['isSuperuser', 'isActive'] as const).find((name) => next[name] === false);
  const isLost = isActive && isSuperuser && field !== undefined;
  if (!settings.KEEP_LAST_SUPERUSER || !isLost) return {};
  const others = [...accounts.values()].filter((account) => account.id !== id);
  if (others.some((account) => account.isActive && account.isSuperuser)) return {};
  return { [FORM_NAMES[field]]: [lastSuperuser([username])] };
}

function statusErrors(account: Account | null, next: AskedChange['next']): FieldErrors {
  const asked = next['isSuperuser'] ?? false;
  const isChanged = 'isSuperuser' in next && asked !== (account?.isSuperuser ?? false);
  if (!settings.SUPERUSER_STATUS_NEEDS_SUPERUSER || !isChanged) return {};
  return { is_superuser: ['Only a superuser gives or takes superuser status.'] };
}

async function heldByGroup(
  tx: TransactionClient,
  group: { readonly id: number; readonly permissions?: unknown },
) {
  if ('permissions' in group) return idsIn(group.permissions);
  const rows = await tx.groupPermission.findMany({ where: { groupId: group.id } });
  return rows.map(({ permissionId }) => permissionId);
}

/** What a change would give: groups and permissions by id. */
type Added = { groups: number[]; userPermissions: number[] };

async function addedTo(
  tx: TransactionClient,
  before: { readonly id: number } | null,
  next: AskedChange['next'],
): Promise<Added> {
  const groups = idsIn(next['groups']);
  const userPermissions = idsIn(next['userPermissions']);
  const joined = groups.length > 0 && before ? await heldGroups(tx, before) : [];
  const held = userPermissions.length > 0 && before ? await heldPermissions(tx, before) : [];
  return { groups: without(groups, joined), userPermissions: without(userPermissions, held) };
}

function heldGroups(tx: TransactionClient, user: { readonly id: number }): Promise<number[]> {
  return 'groups' in user ? Promise.resolve(idsIn(user.groups)) : groupsOf(tx, user.id);
}

function heldPermissions(tx: TransactionClient, user: { readonly id: number }): Promise<number[]> {
  return 'userPermissions' in user
    ? Promise.resolve(idsIn(user.userPermissions))
    : ownPermissionsOf(tx, user.id);
}

async function raisingErrors(
  account: Account,
  next: AskedChange['next'],
  { groups, userPermissions }: Added,
  lookup: Lookup,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  for (const flag of FLAGS) {
    if (next[flag] === true && !account[flag]) errors[FORM_NAMES[flag]] = [notOneself(WORDS[flag])];
  }
  if (groups.length > 0) {
    const names = (await lookup.groups(groups)).map(({ name }) => name);
    errors['groups'] = [
      notOneself(`${names.length > 1 ? 'the groups' : 'the group'} ${someOf(names)}`),
    ];
  }
  if (userPermissions.length > 0) {
    const names = (await lookup.permissions(userPermissions)).map(({ perm }) => perm);
    errors['user_permissions'] = [notOneself(someOf(names))];
  }
  return errors;
}

async function grantErrors(
  tx: TransactionClient,
  actor: Viewer,
  { groups, userPermissions }: Added,
  lookup: Lookup,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  const missing = await notGrantable(actor, await lookup.permissions(userPermissions), tx);
  if (missing.length > 0) errors['user_permissions'] = [notYours(missing.map(({ perm }) => perm))];
  const mightier: { name: string; missing: string[] }[] = [];
  for (const { name, permissions } of await lookup.groups(groups)) {
    const lacking = await notGrantable(actor, permissions, tx);
    if (lacking.length > 0) mightier.push({ name, missing: lacking.map(({ perm }) => perm) });
  }
  if (mightier.length > 0) errors['groups'] = [notYoursInGroups(mightier)];
  return errors;
}

function databaseLookup(tx: TransactionClient): Lookup {
  return {
    permissions: (ids) => loadCatalogue(tx, ids),
    groups: (ids) => loadGroupPermissions(tx, ids),
  };
}

function without(ids: readonly number[], known: readonly number[]): number[] {
  const has = new Set(known);
  return [...new Set(ids)].filter((id) => !has.has(id));
}
