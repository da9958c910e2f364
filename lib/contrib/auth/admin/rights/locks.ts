import type { Locks } from '@/lib/contrib/admin/object/locks';
import type { AdminUser, Row } from '@/lib/contrib/admin/options';
import {
  type FieldErrors,
  type Lookup,
  mayGrant,
  userChangeErrors,
} from '@/lib/contrib/auth/permissions/account-rules';
import { loadGroupPermissions } from '@/lib/contrib/auth/permissions/group-permissions';
import { loadCatalogue, ofIds } from '@/lib/contrib/auth/permissions/permission-catalogue';
import { lockAccounts } from '@/lib/contrib/auth/users/accounts';
import { nameFields } from '@/lib/contrib/auth/users/identity-fields';
import { db, inquiry } from '@/lib/db/client';
import { idsIn } from '@/lib/forms/fields';

const FLAGS = ['isActive', 'isStaff', 'isSuperuser'] as const;
const OPEN: Locks = { fields: {}, choices: {} };

/**
 * What the rules would refuse to somebody in the form of a user, told before they try: the form as a
 * whole, fields, and groups and permissions that they may not give. The rules are asked as they are
 * when it is saved. Nothing is locked for a superuser, which costs no statement.
 * Django: no counterpart
 */
export async function userLocks(row: Row | null, user: AdminUser): Promise<Locks> {
  if (!row || isBeyondRules(user)) return OPEN;
  const id = Number(row.id);
  const accounts = await inquiry((tx) => lockAccounts(tx, [id]));
  const account = accounts.get(id);
  if (!account) return OPEN;
  const before = {
    id,
    groups: idsIn(row['groups']),
    userPermissions: idsIn(row['userPermissions']),
  };
  const ask = (next: Record<string, unknown>, lookup?: Lookup) =>
    inquiry((tx) =>
      userChangeErrors(tx, user, { accounts, before, next, ...(lookup && { lookup }) }),
    );
  // Another value of each field that a rule may guard.
  const names = nameFields().map(({ field }) => [field, '']);
  const flags = FLAGS.filter((flag) => flag in row).map((flag) => [flag, row[flag] !== true]);
  const { '': whole, ...errors } = await ask(Object.fromEntries([...names, ...flags]));
  if (whole?.[0] !== undefined) return { ...OPEN, form: whole[0] };
  return { fields: firstOf(errors), choices: await lockedChoices(before, ask, id === user.id) };
}

/** The same in the form of a group: the permissions that somebody may not give. */
export async function groupLocks(row: Row | null, user: AdminUser): Promise<Locks> {
  if (isBeyondRules(user)) return OPEN;
  const all = (await loadCatalogue()).map(({ id }) => id);
  const grantable = await mayGrant(user, all);
  const held = new Set(idsIn(row?.['permissions']));
  const ids = all.filter((id) => !grantable.has(id) && !held.has(id));
  return ids.length === 0
    ? OPEN
    : { fields: {}, choices: { permissions: { ids, reason: PERMISSIONS_LOCKED } } };
}

const PERMISSIONS_LOCKED = 'The greyed ones you do not hold yourself, and nobody gives those.';
const GROUPS_LOCKED = 'The greyed ones give what you do not hold yourself, and nobody gives that.';
const OWN_LOCKED = 'The greyed ones somebody else has to give you.';

type Held = { groups: readonly number[]; userPermissions: readonly number[] };

type Ask = (next: Record<string, unknown>, lookup: Lookup) => Promise<FieldErrors>;

// One after the other by the rules' own function, which finds in the lookup what it needs.
async function lockedChoices(before: Held, ask: Ask, isOwn: boolean): Promise<Locks['choices']> {
  const catalogue = await loadCatalogue();
  const ids = (await db.group.findMany({ select: { id: true } })).map(({ id }) => id);
  const groups = await loadGroupPermissions(db, ids);
  const lookup: Lookup = {
    permissions: async (wanted) => ofIds(catalogue, wanted),
    groups: async (wanted) => ofIds(groups, wanted),
  };
  const lockedIn = async (field: keyof Held, all: readonly { id: number }[]) => {
    const locked: number[] = [];
    for (const { id } of all) {
      if (before[field].includes(id)) continue;
      const errors = await ask({ [field]: [...before[field], id] }, lookup);
      if (Object.keys(errors).length > 0) locked.push(id);
    }
    return locked;
  };
  return {
    groups: {
      ids: await lockedIn('groups', groups),
      reason: isOwn ? OWN_LOCKED : GROUPS_LOCKED,
    },
    user_permissions: {
      ids: await lockedIn('userPermissions', catalogue),
      reason: isOwn ? OWN_LOCKED : PERMISSIONS_LOCKED,
    },
  };
}

function firstOf(errors: FieldErrors): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, [text]]) => (text === undefined ? [] : [[name, text]])),
  );
}

function isBeyondRules({ isActive, isSuperuser, attenuation }: AdminUser): boolean {
  return isActive && isSuperuser && attenuation === null;
}
